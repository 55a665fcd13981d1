/**
 * A number that comes from data is a door to its card (design section 1): a link with a dotted underline, a footnote on paper.
 */
import type { ComponentChildren } from 'preact'
import { useFootnotes } from './footnotes.tsx'
import { useTranslator } from './translator-context.ts'

export interface NumberDoorProps {
  /** The number as the reader sees it, already formatted: t.number(469), t.percent(share). */
  readonly children: ComponentChildren
  /** The page of the number's card. */
  readonly href: string
  /** What is counted over what, in one sentence: tooltip on screen, footnote on paper. */
  readonly definition: string
  /** The number for machines, when it is shown rounded. */
  readonly value?: number | string | undefined
  readonly size?: 'inline' | 'large' | undefined
}

export function NumberDoor({ children, href, definition, value, size = 'inline' }: NumberDoorProps) {
  const t = useTranslator()
  const note = useFootnotes()?.add(href, definition)
  const number = value === undefined ? <bdi>{children}</bdi> : <data value={String(value)}>{children}</data>
  return (
    <span class={size === 'large' ? 'door door-large' : 'door'}>
      <a href={href} title={definition}>
        {number}
      </a>
      {note !== undefined && (
        <sup class="print-only" aria-hidden="true">
          {t.number(note)}
        </sup>
      )}
    </span>
  )
}
