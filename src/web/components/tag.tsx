/** A short code or category beside a title. It informs; it is never a button. */
import type { ComponentChildren } from 'preact'

export interface TagProps {
  readonly children: ComponentChildren
  readonly tone?: 'plain' | 'accent' | 'note' | 'good' | 'bad' | undefined
  /** Explains an abbreviation to those who point at it; the full words must stand elsewhere on the page too. */
  readonly title?: string | undefined
}

export function Tag({ children, tone = 'plain', title }: TagProps) {
  return (
    <span class={`tag tag-${tone}`} title={title}>
      {children}
    </span>
  )
}
