/** What can be done with the record next: each move of its state and of the phase of its work is a form of its own. */
import { codeName } from '../../../../codes/index.ts'
import { allowedPhases, allowedStates, type RecordState } from '../../../../modules/registry/index.ts'
import { Button, Form, Notice, Panel, SelectField, TextField } from '../../../components/index.ts'
import type { DetailProps } from './detail-page.tsx'

/** Moves that ask for a reason (`moveInitiative` refuses them without one). */
const REASONED: readonly RecordState[] = ['returned', 'withdrawn', 'archived']

export function MoveSection({
  request: { t, at },
  view,
  problem,
}: DetailProps & { readonly problem?: readonly string[] | undefined }) {
  const { record } = view
  const moves = allowedStates(record.state)
  const hidden = { version: String(record.version) }
  return (
    <Panel title={t('registry.move.title')} id="moves">
      {problem && (
        <Notice kind="bad" title={t('registry.move.refused')} live>
          <ul>
            {problem.map((message) => (
              <li key={message}>{message}</li>
            ))}
          </ul>
        </Notice>
      )}
      {moves.map((to, index) => (
        <Form key={to} action={at(`/initiatives/${record.id}/move`)} hidden={{ ...hidden, to }} label={t(`registry.move.${to}`)}>
          {REASONED.includes(to) && (
            <TextField name={`reason-${to}`} label={t('registry.move.reason', { move: t(`registry.move.${to}`) })} />
          )}
          <Button kind={to === 'withdrawn' ? 'danger' : index === 0 ? 'primary' : 'secondary'}>{t(`registry.move.${to}`)}</Button>
        </Form>
      ))}
      <PhaseForm request={{ t, at }} view={view} hidden={hidden} />
    </Panel>
  )
}

interface PhaseProps {
  readonly request: Pick<DetailProps['request'], 't' | 'at'>
  readonly view: DetailProps['view']
  readonly hidden: Readonly<Record<string, string>>
}

function PhaseForm({ request: { t, at }, view, hidden }: PhaseProps) {
  const { facts, id } = view.record
  const reopening = facts.phase === 'closed' || facts.phase === 'cancelled'
  const choices = reopening ? (['pipeline', 'implementation'] as const) : allowedPhases(facts.phase)
  if (choices.length === 0) return null
  return (
    <Form action={at(`/initiatives/${id}/phase`)} hidden={hidden} label={t('registry.move.phase')}>
      <SelectField
        name="phase"
        label={t('registry.move.phase')}
        hint={facts.phase && t('registry.move.phase-now', { phase: codeName('phase', facts.phase, t.lang) })}
        choices={choices.map((phase) => ({ value: phase, label: codeName('phase', phase, t.lang) }))}
      />
      {reopening && <TextField name="reason-phase" label={t('registry.move.reason', { move: t('registry.move.phase') })} />}
      <Button kind="secondary">{t('registry.move.phase')}</Button>
    </Form>
  )
}
