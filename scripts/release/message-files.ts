/** Reads the message files of a locales folder as they are on disk, with what goes wrong in reading them. */
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { IntlMessageFormat } from 'intl-messageformat'

/** The nodes of one parsed message: its text, its placeholders, its plural and select branches. */
export type MessageNodes = ReturnType<IntlMessageFormat['getAst']>

export interface Message {
  /** For example `registry.title`. */
  readonly key: string
  readonly text: string
  readonly nodes: MessageNodes
}

export interface LanguageFiles {
  readonly lang: string
  readonly messages: ReadonlyMap<string, Message>
  /** Sentences about files and texts that could not be read. */
  readonly unreadable: readonly string[]
}

/** One entry per folder: the six languages, and any that was added later. */
export function readMessageFiles(localesFolder: string): LanguageFiles[] {
  return readdirSync(localesFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => readLanguage(join(localesFolder, entry.name)))
    .sort((a, b) => (a.lang < b.lang ? -1 : 1))
}

function readLanguage(folder: string): LanguageFiles {
  const lang = basename(folder)
  const messages = new Map<string, Message>()
  const unreadable: string[] = []
  for (const name of readdirSync(folder).sort()) {
    if (!name.endsWith('.json')) {
      unreadable.push(`locales/${lang}/${name}: only message files (.json) belong here.`)
      continue
    }
    const raw = readFileSync(join(folder, name), 'utf8')
    for (const key of keysWrittenTwice(raw)) unreadable.push(`locales/${lang}/${name}: the key ${key} is written twice.`)
    try {
      const texts: Record<string, unknown> = JSON.parse(raw)
      for (const [shortKey, text] of Object.entries(texts)) {
        const key = `${name.slice(0, -'.json'.length)}.${shortKey}`
        const result = parseMessage(key, text, lang)
        if (typeof result === 'string') unreadable.push(`locales/${lang}/${name}: ${result}`)
        else messages.set(key, result)
      }
    } catch (error) {
      unreadable.push(`locales/${lang}/${name}: is not JSON (${error instanceof Error ? error.message : String(error)}).`)
    }
  }
  return { lang, messages, unreadable }
}

function parseMessage(key: string, text: unknown, lang: string): Message | string {
  if (typeof text !== 'string') return `${key} is not a text.`
  if (text.trim() === '') return `${key} is empty.`
  try {
    return { key, text, nodes: new IntlMessageFormat(text, lang, undefined, { ignoreTag: true }).getAst() }
  } catch (error) {
    return `${key} is not an ICU message (${error instanceof Error ? error.message : String(error)}).`
  }
}

/** JSON keeps the last of two equal keys without a word, so a translation would vanish unseen. */
function keysWrittenTwice(raw: string): string[] {
  const seen = new Set<string>()
  const twice = new Set<string>()
  for (const match of raw.matchAll(/^\s*"((?:[^"\\]|\\.)*)"\s*:/gm)) {
    const key = match[1] ?? ''
    if (seen.has(key)) twice.add(key)
    seen.add(key)
  }
  return [...twice]
}
