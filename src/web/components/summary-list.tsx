/** What a record says, one fact a line. A fact that nobody stated is shown as such, never left out. */
import type { ComponentChildren } from 'preact'
import { isNotStated, NotStated } from './not-stated.tsx'

export interface SummaryFact {
  readonly label: string
  readonly value: ComponentChildren
  /** A link or button that changes this one fact. */
  readonly action?: ComponentChildren
}

export interface SummaryListProps {
  readonly facts: readonly SummaryFact[]
  /** `card` sets the facts side by side (who, with whom, where, when, what kind, how much). */
  readonly layout?: 'lines' | 'card' | undefined
}

export function SummaryList({ facts, layout = 'lines' }: SummaryListProps) {
  return (
    <dl class={`summary summary-${layout}`}>
      {facts.map((fact) => (
        <div key={fact.label}>
          <dt>{fact.label}</dt>
          <dd>
            {isNotStated(fact.value) ? <NotStated /> : fact.value}
            {/* The space keeps an Arabic letter from joining the next word. */}
            {fact.action && <span class="summary-action"> {fact.action}</span>}
          </dd>
        </div>
      ))}
    </dl>
  )
}
