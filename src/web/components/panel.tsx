/** A tinted box with a heading: a part of the page that stands on its own. */
import type { ComponentChildren } from 'preact'

export interface PanelProps {
  readonly title: string
  readonly id?: string | undefined
  readonly children: ComponentChildren
  /** What can be done with the panel, beside its title. */
  readonly actions?: ComponentChildren
  readonly level?: 2 | 3 | undefined
}

export function Panel({ title, id, children, actions, level = 2 }: PanelProps) {
  const Heading = `h${level}` as 'h2' | 'h3'
  return (
    <section class="panel" id={id}>
      <div class="panel-head">
        <Heading>{title}</Heading>
        {actions && <div class="panel-actions">{actions}</div>}
      </div>
      {children}
    </section>
  )
}
