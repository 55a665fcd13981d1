/** Views of one thing, each with its own address. They are links: script is not needed and "back" works. */

export interface TabLink {
  readonly label: string
  readonly href: string
  readonly current?: boolean | undefined
  /** Already formatted, for example t.number(12). */
  readonly count?: string | undefined
}

export interface TabsProps {
  /** Names the group for those who hear the page. */
  readonly label: string
  readonly tabs: readonly TabLink[]
}

export function Tabs({ label, tabs }: TabsProps) {
  return (
    <nav class="tabs" aria-label={label}>
      <ul>
        {tabs.map((tab) => (
          <li key={tab.href}>
            <a href={tab.href} aria-current={tab.current ? 'page' : undefined}>
              {tab.label}
              {tab.count !== undefined && <span class="count"> {tab.count}</span>}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
