/** What can be done with the record next: each move of its state and of the phase of its work is a form of its own. */
import { codeName } from '../../../../codes/index.ts'
import { allowedPhases, allowedStates, type RecordState, rightToMove } from '../../../../modules/registry/index.ts'
import { Button, Form, Notice, Panel, SelectField, TextField } from '../../../components/index.ts'
import type { DetailProps } from './detail-page.tsx'
import type { RefusedReason } from './refused-notice.tsx'

/** Moves that ask for a reason (`moveInitiative` refuses them without one). */
const REASONED: readonly RecordState[] = ['returned', 'withdrawn', 'archived']
/** Moves that lead to publication: a figure counts what is listed in a year. */
const TOWARDS_PUBLICATION: readonly RecordState[] = ['submitted', 'verified', 'published']

export function MoveSection({
  request: { t, at },
  view,
  refused = [],
}: DetailProps & { readonly refused?: readonly RefusedReason[] | undefined }) {
  const { record } = view
  const errorOf = (field: string) => refused.find((reason) => reason.field === field)?.message
  const withoutYear = record.listed.every(({ year }) => year === null)
  const moves = allowedStates(record.state).filter((to) => view.rights.includes(rightToMove(record.state, to)))
  if (moves.length === 0 && !view.rights.includes('edit')) return null
  const hidden = { version: String(record.version) }
  return (
    <Panel title={t('registry.move.title')} id="moves">
      {withoutYear && moves.some((to) => TOWARDS_PUBLICATION.includes(to)) && (
        <Notice title={t('imports.record.no-year')}>
          <p>
            <a href={`${at(`/initiatives/${record.id}/edit`)}#rows-listed`}>{t('imports.record.add-year')}</a>
          </p>
        </Notice>
      )}
      {moves.map((to, index) => (
        <Form key={to} action={at(`/initiatives/${record.id}/move`)} hidden={{ ...hidden, to }} label={t(`registry.move.${to}`)}>
          {REASONED.includes(to) && (
            <TextField
              name={`reason-${to}`}
              label={t('registry.move.reason', { move: t(`registry.move.${to}`) })}
              error={errorOf(`reason-${to}`)}
            />
          )}
          <Button kind={to === 'withdrawn' ? 'danger' : index === 0 ? 'primary' : 'secondary'}>{t(`registry.move.${to}`)}</Button>
        </Form>
      ))}
      {view.rights.includes('edit') && (
        <PhaseForm request={{ t, at }} view={view} hidden={hidden} reasonError={errorOf('reason-phase')} />
      )}
    </Panel>
  )
}

interface PhaseProps {
  readonly request: Pick<DetailProps['request'], 't' | 'at'>
  readonly view: DetailProps['view']
  readonly hidden: Readonly<Record<string, string>>
  readonly reasonError: string | undefined
}

function PhaseForm({ request: { t, at }, view, hidden, reasonError }: PhaseProps) {
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
      {reopening && (
        <TextField
          name="reason-phase"
          label={t('registry.move.reason', { move: t('registry.move.phase') })}
          error={reasonError}
        />
      )}
      <Button kind="secondary">{t('registry.move.phase')}</Button>
    </Form>
  )
}
