/**
 * On paper nobody can follow a link, so a number's definition becomes a footnote. The document opens a collector, each
 * `NumberDoor` below it takes a number, and `FootnoteList` at the end prints the notes. On screen both stay hidden.
 * Works because a page is rendered once, from top to bottom.
 */
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'

export interface Footnotes {
  /** The number of the note; the same text for the same address is one note. */
  add(href: string, text: string): number
  all(): readonly string[]
}

export function createFootnotes(): Footnotes {
  const notes = new Map<string, string>()
  return {
    add(href, text) {
      const key = `${href}\u0000${text}`
      if (!notes.has(key)) notes.set(key, text)
      return [...notes.keys()].indexOf(key) + 1
    },
    all: () => [...notes.values()],
  }
}

const FootnotesContext = createContext<Footnotes | undefined>(undefined)

export const FootnotesProvider = FootnotesContext.Provider

export function useFootnotes(): Footnotes | undefined {
  return useContext(FootnotesContext)
}

export function FootnoteList() {
  const notes = useFootnotes()?.all() ?? []
  if (notes.length === 0) return null
  return (
    <ol class="footnotes print-only">
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ol>
  )
}
