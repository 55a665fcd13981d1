/**
 * Objections of countries to this record (domain section 14): members read them with the answers, a country that is named raises,
 * closes or takes back its own, the owner answers. The public reads that a country disagrees, no more.
 */
import { areaName } from '../../../../codes/index.ts'
import {
  answerScopeOf,
  listObjections,
  movesOfCountry,
  namedCountries,
  OBJECTION_KINDS,
  type Objection,
} from '../../../../modules/registry/index.ts'
import { Button, ButtonRow, Form, Notice, Panel, SelectField, StatePill, TextArea, TextField } from '../../../components/index.ts'
import type { PageRequest } from '../../../site.tsx'
import { TONES } from '../../workspace/objections-section.tsx'
import type { DetailProps } from './detail-page.tsx'
import type { RefusedReason } from './refused-notice.tsx'

interface FormProps extends DetailProps {
  /** What an action on the page met. */
  readonly refused?: readonly RefusedReason[] | undefined
}

interface SectionProps extends FormProps {
  readonly objections: readonly Objection[]
}

/** None for the public, who reads counts. */
export async function objectionsOf({ context, actor }: PageRequest, initiativeId: string): Promise<readonly Objection[]> {
  return context.operations.run(listObjections, { initiativeId }, actor)
}

export function ObjectionsSection(props: SectionProps) {
  const { request, view, objections } = props
  const { t, actor, may } = request
  const speaksFor = namedCountries(view.record.facts).filter((country) =>
    may('registry.initiative.object', { orgs: [], countries: [country] }),
  )
  if (objections.length === 0 && view.disagreements.length === 0 && speaksFor.length === 0) return null
  return (
    <section>
      <h2 id="objections">{t('objections.title')}</h2>
      {view.disagreements.map(({ country, count }) => (
        <p key={country}>{t('objections.public', { country: areaName(country, t.lang), count, shown: t.number(count) })}</p>
      ))}
      {actor.kind === 'anonymous' && <p class="muted">{t('objections.public-hint')}</p>}
      {actor.kind !== 'anonymous' && <p class="muted">{t('objections.lead')}</p>}
      {objections.map((objection) => (
        <OneObjection key={objection.id} {...props} objection={objection} />
      ))}
      {view.asOf === null && speaksFor.length > 0 && <RaiseForm {...props} countries={speaksFor} />}
    </section>
  )
}

type OneProps = FormProps & { readonly objection: Objection }

function OneObjection(props: OneProps) {
  const { request, view, objection } = props
  const { t, may } = request
  const { country, kind, state, answer, answeredAt, answerVersion, remark } = objection
  const isLive = view.asOf === null
  const mayAnswer =
    isLive &&
    (state === 'open' || state === 'answered') &&
    view.rights.includes('edit') &&
    may('registry.initiative.edit', answerScopeOf(view.record, country))
  const maySettle = isLive && may('registry.initiative.object', { orgs: [], countries: [country] })
  return (
    <Panel
      level={3}
      title={t('objections.heading', { country: areaName(country, t.lang), kind: t(`objections.kind.${kind}`) })}
      actions={<StatePill state={state} label={t(`objections.state.${state}`)} tone={TONES[state]} />}
    >
      <p class="muted">
        {t('objections.about-version', { version: objection.recordVersion, at: t.instant(objection.raisedAt) })}
      </p>
      <blockquote dir="auto">{objection.text}</blockquote>
      {answer !== null && (
        <>
          <p class="muted">{t('objections.answered', { at: t.instant(answeredAt ?? objection.updatedAt) })}</p>
          <blockquote dir="auto">{answer}</blockquote>
          {answerVersion !== null && <p>{t('objections.mended', { version: answerVersion })}</p>}
        </>
      )}
      {remark !== null && (
        <p>
          {t('objections.remark')} <bdi>{remark}</bdi>
        </p>
      )}
      {mayAnswer && <AnswerForm {...props} />}
      {maySettle && movesOfCountry(state).length > 0 && <SettleForm {...props} />}
    </Panel>
  )
}

/** What was typed when the form came back, and what was wrong with it. */
const typedIn = ({ request: { form }, refused = [] }: FormProps, field: string) => ({
  value: form.get(field) ?? undefined,
  error: refused.find((reason) => reason.field === field)?.message,
})

const addressOf = ({ request: { at }, view }: DetailProps, rest: string) => at(`/initiatives/${view.record.id}/objections${rest}`)

function AnswerForm(props: OneProps) {
  const { t } = props.request
  const { id, version, state } = props.objection
  const label = t(state === 'answered' ? 'objections.answer.again' : 'objections.answer.title')
  return (
    <Form action={addressOf(props, '/answer')} hidden={{ id, version: String(version) }} label={label}>
      <TextArea name={`answer-${id}`} label={label} rows={3} maxLength={5_000} {...typedIn(props, `answer-${id}`)} />
      <TextField
        name={`version-${id}`}
        label={t('objections.field.version')}
        hint={t('objections.field.version-hint')}
        optional
        inputMode="numeric"
        width="short"
        {...typedIn(props, `version-${id}`)}
      />
      <Button kind="secondary">{t('objections.answer.do')}</Button>
    </Form>
  )
}

function SettleForm(props: OneProps) {
  const { t } = props.request
  const { id, version, state } = props.objection
  return (
    <Form action={addressOf(props, '/settle')} hidden={{ id, version: String(version) }} label={t('objections.settle.title')}>
      <TextField
        name={`remark-${id}`}
        label={t('objections.field.remark')}
        hint={state === 'answered' ? t('objections.settle.remark-hint') : undefined}
        optional
        {...typedIn(props, `remark-${id}`)}
      />
      <ButtonRow>
        {movesOfCountry(state).map((to) => (
          <Button key={to} kind={to === 'closed' ? 'primary' : 'secondary'} name="to" value={to}>
            {t(`objections.settle.${to}`)}
          </Button>
        ))}
      </ButtonRow>
    </Form>
  )
}

function RaiseForm(props: FormProps & { readonly countries: readonly string[] }) {
  const { t } = props.request
  const { countries, view } = props
  const [only] = countries
  return (
    <Panel level={3} title={t('objections.raise.title')} id="object">
      <Notice>{t('objections.raise.lead')}</Notice>
      <Form
        action={addressOf(props, '')}
        hidden={countries.length === 1 && only ? { country: only, record: view.record.id } : { record: view.record.id }}
        label={t('objections.raise.title')}
      >
        {countries.length > 1 && (
          <SelectField
            name="country"
            label={t('objections.field.country')}
            choices={countries.map((value) => ({ value, label: areaName(value, t.lang) }))}
            {...typedIn(props, 'country')}
          />
        )}
        <SelectField
          name="kind"
          label={t('objections.field.kind')}
          choices={OBJECTION_KINDS.map((value) => ({ value, label: t(`objections.kind.${value}`) }))}
          {...typedIn(props, 'kind')}
        />
        <TextArea name="text" label={t('objections.field.text')} rows={4} maxLength={5_000} {...typedIn(props, 'text')} />
        <Button kind="secondary">{t('objections.raise.do')}</Button>
      </Form>
    </Panel>
  )
}
