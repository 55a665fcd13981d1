/** Where a record stands in its life (domain section 6): words first, then a dot whose shape and colour repeat them. */
import { useTranslator } from './translator-context.ts'

/** The states that the program names itself; any other thing's state comes with its own `label`. */
export const RECORD_STATES = [
  'draft',
  'submitted',
  'returned',
  'verified',
  'published',
  'under_revision',
  'archived',
  'withdrawn',
] as const

export type RecordState = (typeof RECORD_STATES)[number]

const TONES: Readonly<Record<RecordState, 'open' | 'waiting' | 'done' | 'closed'>> = {
  draft: 'open',
  submitted: 'waiting',
  returned: 'waiting',
  verified: 'done',
  published: 'done',
  under_revision: 'waiting',
  archived: 'closed',
  withdrawn: 'closed',
}

export interface StatePillProps {
  readonly state: string
  readonly label?: string | undefined
  readonly tone?: 'open' | 'waiting' | 'done' | 'closed' | undefined
}

export function StatePill({ state, label, tone }: StatePillProps) {
  const t = useTranslator()
  const known = RECORD_STATES.find((one) => one === state)
  const shownTone = tone ?? (known ? TONES[known] : 'open')
  return <span class={`state state-${shownTone}`}>{label ?? (known ? t(`components.state.${known}`) : state)}</span>
}
