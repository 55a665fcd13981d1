/** History of a record, latest first: when, who, what, and why when a reason was given. */
import type { ComponentChildren } from 'preact'
import { EmptyState } from './empty-state.tsx'
import { useTranslator } from './translator-context.ts'

export interface TimelineEvent {
  readonly id: string
  /** A partial date or an instant in ISO 8601. */
  readonly at: string
  readonly title: ComponentChildren
  readonly actor?: string | undefined
  readonly detail?: ComponentChildren
}

export interface TimelineProps {
  readonly events: readonly TimelineEvent[]
  readonly empty?: string | undefined
}

export function Timeline({ events, empty }: TimelineProps) {
  const t = useTranslator()
  if (events.length === 0) return <EmptyState title={empty ?? t('components.timeline.empty')} />
  return (
    <ol class="timeline">
      {events.map((event) => (
        <li key={event.id}>
          <p class="timeline-when">
            <time dateTime={event.at}>{event.at.includes('T') ? t.instant(event.at) : t.date(event.at)}</time>
            {event.actor !== undefined && (
              <>
                {' '}
                · <bdi>{event.actor}</bdi>
              </>
            )}
          </p>
          <p class="timeline-title">{event.title}</p>
          {event.detail && <div class="timeline-detail">{event.detail}</div>}
        </li>
      ))}
    </ol>
  )
}
