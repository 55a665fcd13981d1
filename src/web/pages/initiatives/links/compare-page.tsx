/** Both reports side by side with every reason and doubt; here a person says whether they are one initiative, and takes it back. */
import { problemText } from '../../../../i18n/problem-text.ts'
import { type HttpResponse, seeOther } from '../../../../kernel/http.ts'
import { Problem } from '../../../../kernel/problems.ts'
import {
  getLinkProposal,
  type LinkSign,
  linkInitiatives,
  type ProposalView,
  refuseLink,
  unlinkInitiatives,
} from '../../../../modules/registry/index.ts'
import {
  Button,
  ButtonRow,
  type Column,
  DataTable,
  ErrorSummary,
  Form,
  type FormError,
  Notice,
  Page,
  RadioGroup,
  TextArea,
} from '../../../components/index.ts'
import { type PeopleNames, peopleNames } from '../../../people-names.ts'
import type { PageContent, PageRequest } from '../../../site.tsx'
import { orgNames } from '../naming.ts'
import { partnerIds } from '../words.ts'
import { COMPARED_FIELDS, type ComparedField, linesCell, recordLines, recordName } from './record-lines.tsx'
import { type SignText, signTexts } from './sign-text.ts'

interface Refused {
  readonly errors: readonly FormError[]
  readonly problem?: Problem
}

export async function comparePage(request: PageRequest, refused?: Refused): Promise<PageContent> {
  const { t, at, context, actor, params } = request
  const view = await context.operations.run(getLinkProposal, { id: params.id ?? '' }, actor)
  const orgs = await orgNames(
    request,
    [view.one, view.other].flatMap(({ facts }) => partnerIds(facts)),
  )
  const text = await signTexts(request, [view])
  const people = await peopleNames(
    request,
    [view.decidedBy, view.link?.linkedBy].filter((who) => who !== null && who !== undefined),
  )
  const title = t('linking.compare.title')
  return {
    title,
    place: 'initiatives',
    noIndex: true,
    status: refused === undefined ? 200 : refused.problem === undefined ? 422 : 409,
    body: (
      <Page
        title={title}
        trail={[
          { label: t('registry.list.title'), href: at('/initiatives') },
          { label: t('linking.title'), href: at('/initiatives/links') },
        ]}
        lead={t('linking.compare.lead', { score: t.number(view.score) })}
      >
        {refused?.problem && <Notice kind="bad" live title={problemText(t, refused.problem)} />}
        <ErrorSummary errors={refused?.errors ?? []} />
        <DoneNotice request={request} />
        <StateNotice request={request} view={view} people={people} />
        <section>
          <h2 id="side">{t('linking.side')}</h2>
          <DataTable
            caption={t('linking.side')}
            captionHidden
            columns={sideColumns(request, view, orgs)}
            rows={COMPARED_FIELDS}
            rowKey={(field) => field}
            cards
          />
        </section>
        <Signs request={request} title={t('linking.reasons')} id="reasons" signs={view.reasons} text={text} />
        {view.doubts.length === 0 ? (
          <p>{t('linking.no-doubts')}</p>
        ) : (
          <Signs request={request} title={t('linking.doubts')} id="doubts" signs={view.doubts} text={text} />
        )}
        <Decision request={request} view={view} errors={refused?.errors ?? []} />
      </Page>
    ),
  }
}

const DONE = ['link', 'undo', 'refused', 'unsure', 'open'] as const

function DoneNotice({ request: { t, query } }: { readonly request: PageRequest }) {
  const done = DONE.find((one) => one === query.get('done'))
  return done === undefined ? null : <Notice kind="good" live title={t(`linking.done.${done}`)} />
}

interface StateProps {
  readonly request: PageRequest
  readonly view: ProposalView
  readonly people: PeopleNames
}

function StateNotice({ request: { t }, view, people }: StateProps) {
  const { state, link, decidedAt, decidedBy, decisionReason } = view
  if (state === 'proposed') return null
  if (state === 'linked' && link === null) return <Notice title={t('linking.decide.through-others')} />
  const said =
    state === 'linked'
      ? { by: link?.linkedBy, at: link?.linkedAt, reason: link?.reason }
      : { by: decidedBy, at: decidedAt, reason: decisionReason }
  return (
    <Notice title={t(`linking.decided.${state}`, { person: people(said.by ?? ''), at: t.instant(said.at ?? '') })}>
      {said.reason && (
        <p>
          <bdi>{said.reason}</bdi>
        </p>
      )}
    </Notice>
  )
}

function sideColumns(request: PageRequest, view: ProposalView, orgs: ReadonlyMap<string, string>): Column<ComparedField>[] {
  const { t } = request
  return [
    { key: 'field', label: t('linking.field'), cell: (field) => t(`linking.field.${field}`) },
    { key: 'one', label: t('linking.column.one'), cell: (field) => sideCell(request, view.one, field, orgs) },
    { key: 'other', label: t('linking.column.other'), cell: (field) => sideCell(request, view.other, field, orgs) },
  ]
}

function sideCell({ t, at }: PageRequest, record: ProposalView['one'], field: ComparedField, orgs: ReadonlyMap<string, string>) {
  const lines = recordLines(t, record, field, orgs)
  if (field !== 'title') return linesCell(lines)
  return <a href={at(`/initiatives/${record.id}`)}>{linesCell(lines.length === 0 ? [recordName(t, record)] : lines)}</a>
}

interface SignsProps {
  readonly request: PageRequest
  readonly title: string
  readonly id: string
  readonly signs: readonly LinkSign[]
  readonly text: SignText
}

function Signs({ request: { t }, title, id, signs, text }: SignsProps) {
  return (
    <section>
      <h2 id={id}>{title}</h2>
      <DataTable
        caption={title}
        captionHidden
        columns={[
          { key: 'sign', label: t('linking.sign'), cell: (sign) => text(sign) },
          { key: 'points', label: t('linking.points'), kind: 'number', cell: ({ points }) => t.number(points, { signed: true }) },
        ]}
        rows={signs}
        rowKey={({ code }) => code}
      />
    </section>
  )
}

interface DecisionProps {
  readonly request: PageRequest
  readonly view: ProposalView
  readonly errors: readonly FormError[]
}

function Decision({ request, view, errors }: DecisionProps) {
  const { t, at, form } = request
  if (!view.mayDecide) return <p>{t('linking.decide.may-not')}</p>
  if (view.state === 'linked' && view.link === null) return null
  const linked = view.link !== null
  const decided = view.state === 'refused' || view.state === 'unsure'
  return (
    <section>
      <h2 id="decision">{t('linking.decide.title')}</h2>
      <Form
        action={at(`/initiatives/links/${view.id}`)}
        hidden={{ version: String(view.version), ...(view.link ? { link: view.link.id } : {}) }}
        label={t('linking.decide.title')}
      >
        {!linked && (
          <RadioGroup
            name="leading"
            label={t('linking.decide.leading')}
            hint={t('linking.decide.leading-hint')}
            optional
            value={form.get('leading') ?? undefined}
            choices={[view.one, view.other].map((record) => ({
              value: record.id,
              label: recordName(t, record),
              hint: record.identifier ?? record.collection,
            }))}
          />
        )}
        <TextArea
          name="reason"
          label={t('linking.decide.reason')}
          hint={t('linking.decide.reason-hint')}
          value={form.get('reason') ?? ''}
          error={errors.find(({ field }) => field === 'reason')?.message}
          rows={3}
          maxLength={2000}
        />
        <ButtonRow>
          {linked ? (
            <Choice decision="undo" kind="danger" request={request} />
          ) : (
            <>
              <Choice decision="link" kind="primary" request={request} />
              {view.state !== 'refused' && <Choice decision="refused" kind="secondary" request={request} />}
              {view.state !== 'unsure' && <Choice decision="unsure" kind="secondary" request={request} />}
              {decided && <Choice decision="open" kind="quiet" request={request} />}
            </>
          )}
        </ButtonRow>
      </Form>
    </section>
  )
}

interface ChoiceProps {
  readonly decision: (typeof DONE)[number]
  readonly kind: 'primary' | 'secondary' | 'quiet' | 'danger'
  readonly request: PageRequest
}

function Choice({ decision, kind, request: { t } }: ChoiceProps) {
  return (
    <Button name="decision" value={decision} kind={kind}>
      {t(`linking.decide.${decision}`)}
    </Button>
  )
}

export async function decideFromForm(request: PageRequest): Promise<PageContent | HttpResponse> {
  const { at, params, form, t } = request
  const id = params.id ?? ''
  const decision = DONE.find((one) => one === form.get('decision'))
  // The Enter key in the field presses no button of these: then nothing is decided.
  if (decision === undefined) return comparePage(request)
  try {
    await decide(request, id, decision)
    return seeOther(`${at(`/initiatives/links/${id}`)}?done=${decision}`)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    if (error.kind === 'conflict') return comparePage(request, { errors: [], problem: error })
    const reasons = error.details.filter(({ place }) => place?.field === 'reason')
    if (reasons.length === 0) throw error
    const isMissing = (form.get('reason') ?? '').trim() === ''
    const messages = isMissing ? [t('linking.decide.reason-missing')] : reasons.map((one) => problemText(t, one))
    return comparePage(request, { errors: messages.map((message) => ({ field: 'reason', message })) })
  }
}

async function decide({ context, actor, form }: PageRequest, id: string, decision: (typeof DONE)[number]): Promise<void> {
  const { operations } = context
  const reason = form.get('reason') ?? ''
  if (decision === 'undo') {
    await operations.run(unlinkInitiatives, { linkId: form.get('link') ?? '', reason }, actor)
    return
  }
  if (decision === 'link') {
    const { oneId, otherId } = await operations.run(getLinkProposal, { id }, actor)
    const leadingId = form.get('leading') || undefined
    await operations.run(linkInitiatives, { oneId, otherId, reason, ...(leadingId === undefined ? {} : { leadingId }) }, actor)
    return
  }
  const version = Number(form.get('version'))
  await operations.run(refuseLink, { proposalId: id, version, decision, ...(reason === '' ? {} : { reason }) }, actor)
}
