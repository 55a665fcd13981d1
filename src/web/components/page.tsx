/** The frame inside `Document`: where one is, the title, the provenance line, then the content. One `h1` a page. */
import type { ComponentChildren } from 'preact'
import { ProvenanceLine, type ProvenanceLineProps } from './provenance-line.tsx'
import { useTranslator } from './translator-context.ts'

export interface PageLink {
  readonly label: string
  readonly href: string
}

export interface PageProps {
  /** Plain words, or a `LocalizedTextView` for a record's own title. */
  readonly title: ComponentChildren
  /** What kind of thing this is, above the title: "Initiative", "Figure II". */
  readonly kicker?: string | undefined
  readonly trail?: readonly PageLink[] | undefined
  readonly provenance?: ProvenanceLineProps | undefined
  /** One or two sentences under the title. */
  readonly lead?: ComponentChildren
  readonly actions?: ComponentChildren
  readonly children: ComponentChildren
}

export function Page({ title, kicker, trail = [], provenance, lead, actions, children }: PageProps) {
  const t = useTranslator()
  return (
    <>
      {trail.length > 0 && (
        <nav class="trail" aria-label={t('components.trail')}>
          <ol>
            {trail.map((link) => (
              <li key={link.href}>
                <a href={link.href}>{link.label}</a>
              </li>
            ))}
          </ol>
        </nav>
      )}
      <header class="page-head">
        {kicker !== undefined && <p class="kicker">{kicker}</p>}
        <h1>{title}</h1>
        {provenance && <ProvenanceLine {...provenance} />}
        {lead && <div class="lead">{lead}</div>}
        {actions && <div class="button-row page-actions">{actions}</div>}
      </header>
      {children}
    </>
  )
}

export interface WithSidebarProps {
  /** Filters, contents, or the marginal column of a report. Comes first in the reading order. */
  readonly aside: ComponentChildren
  readonly children: ComponentChildren
}

/** Two columns on wide screens, one on narrow: a list with its filters. */
export function WithSidebar({ aside, children }: WithSidebarProps) {
  return (
    <div class="with-sidebar">
      <div class="sidebar">{aside}</div>
      <div class="with-sidebar-main">{children}</div>
    </div>
  )
}
