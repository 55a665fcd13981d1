/** One focal point: for whom, who, whether it was confirmed, what can be done about it, and how it came to be so. */
import { problemText } from '../../../i18n/problem-text.ts'
import { type HttpResponse, seeOther } from '../../../kernel/http.ts'
import { Problem } from '../../../kernel/problems.ts'
import {
  askToConfirm,
  confirmFocalPoint,
  type FocalPointView,
  getFocalPoint,
  LEFT_BY_LINK,
  type NamedPerson,
} from '../../../modules/coordination/index.ts'
import {
  Button,
  ButtonLink,
  ButtonRow,
  Form,
  LocalizedTextView,
  Notice,
  Page,
  Panel,
  StatePill,
  type SummaryFact,
  SummaryList,
  Timeline,
} from '../../components/index.ts'
import { peopleNames } from '../../people-names.ts'
import type { PageContent, PageRequest } from '../../site.tsx'
import { languageName } from '../people/words.ts'
import { personText, subjectOf, TONES } from './words.ts'

const DONE = ['named', 'changed', 'confirmed', 'asked', 'ended', 'handed-over']

export async function focalPointPage(request: PageRequest, refused?: Problem): Promise<PageContent> {
  const { t, at, context, actor, params, query } = request
  const view = await context.operations.run(getFocalPoint, { id: params.id ?? '' }, actor)
  const title = subjectOf(t, view)
  const names = await peopleNames(request, view.record?.history.map(({ actorId }) => actorId) ?? [])
  const done = DONE.find((one) => one === query.get('done'))
  return {
    title,
    noIndex: true,
    ...(refused ? { status: 403 } : {}),
    body: (
      <Page
        title={<bdi>{title}</bdi>}
        kicker={t(`coordination.kicker.${view.scope}`)}
        trail={[{ label: t('coordination.title'), href: at('/focal-points') }]}
        actions={<EditLinks request={request} view={view} />}
      >
        {done && <Notice kind="good" live title={t(`coordination.done.${done}`)} />}
        {refused && <Notice kind="bad" live title={problemText(t, refused)} />}
        <SummaryList layout="card" facts={factsOf(request, view)} />
        {view.record === null ? (
          <p class="muted">{t('coordination.strangers')}</p>
        ) : (
          <>
            {view.record.mayEdit && view.details?.state !== 'ended' && <ConfirmPanel request={request} view={view} />}
            <section>
              <h2 id="history">{t('coordination.history.title')}</h2>
              <History request={request} history={view.record.history} names={names} />
            </section>
          </>
        )}
      </Page>
    ),
  }
}

interface PartProps {
  readonly request: PageRequest
  readonly view: FocalPointView
}

function EditLinks({ request: { t, at }, view: { id, record, details } }: PartProps) {
  if (!record?.mayEdit || details?.state === 'ended') return null
  return (
    <>
      <ButtonLink href={at(`/focal-points/${id}/edit`)} kind="secondary">
        {t('coordination.edit')}
      </ButtonLink>
      {details?.backup && (
        <ButtonLink href={at(`/focal-points/${id}/hand-over`)} kind="secondary">
          {t('coordination.hand-over')}
        </ButtonLink>
      )}
      <ButtonLink href={at(`/focal-points/${id}/end`)} kind="quiet">
        {t('coordination.end')}
      </ButtonLink>
    </>
  )
}

function factsOf({ t, at }: PageRequest, { details, record, mechanism, org }: FocalPointView): SummaryFact[] {
  const link = (person: NamedPerson) =>
    person.name === null ? (
      <span class="muted">{personText(t, person)}</span>
    ) : (
      <a href={at(`/people/${person.id}`)}>
        <bdi>{person.name}</bdi>
      </a>
    )
  const facts: SummaryFact[] = [
    { label: t('coordination.field.mechanism'), value: mechanism && <LocalizedTextView value={mechanism} /> },
    ...(org === null
      ? []
      : [
          {
            label: t('coordination.field.org'),
            value: (
              <a href={at(`/organisations/${org.id}`)}>
                <LocalizedTextView value={org.names} />
              </a>
            ),
          },
        ]),
  ]
  if (details === null || record === null) return facts
  const { state, person, backup, isMain, languages, mechanismType, from, to, confirmedAt, confirmedHow } = details
  return [
    {
      label: t('coordination.field.state'),
      value: (
        <>
          <StatePill state={state} label={t(`coordination.state.${state}`)} tone={TONES[state]} />{' '}
          {t(`coordination.meaning.${state}`)}
        </>
      ),
    },
    { label: t('coordination.field.person'), value: link(person) },
    ...facts,
    ...(mechanismType === null
      ? []
      : [{ label: t('coordination.field.mechanismType'), value: t(`coordination.mechanism.${mechanismType}`) }]),
    { label: t('coordination.field.isMain'), value: t(isMain ? 'coordination.main' : 'coordination.further') },
    { label: t('coordination.field.backup'), value: backup && link(backup) },
    {
      label: t('coordination.field.language'),
      value: languages.length > 0 ? t.list(languages.map((tag) => languageName(t, tag))) : undefined,
    },
    { label: t('coordination.field.from'), value: from === null ? undefined : t.date(from) },
    ...(to === null ? [] : [{ label: t('coordination.field.to'), value: t.date(to) }]),
    ...(record.endReason === null
      ? []
      : [
          {
            label: t('coordination.field.endReason'),
            value: record.endReason === LEFT_BY_LINK ? t('coordination.left-by-link') : <bdi>{record.endReason}</bdi>,
          },
        ]),
    {
      label: t('coordination.field.confirmedAt'),
      value:
        confirmedAt === null || confirmedHow === null
          ? t('coordination.never-confirmed')
          : t(`coordination.confirmed-how.${confirmedHow}`, { at: t.instant(confirmedAt) }),
    },
    ...(record.remindedAt === null ? [] : [{ label: t('coordination.field.remindedAt'), value: t.instant(record.remindedAt) }]),
    { label: t('coordination.field.source'), value: <bdi>{record.facts.source}</bdi> },
  ]
}

/** By hand, by mail, by letter: each says what it does. */
function ConfirmPanel({ request: { t, at }, view: { id, details } }: PartProps) {
  if (details?.person.isErased) return <Notice title={t('coordination.erased-text')} />
  return (
    <Panel title={t('coordination.confirm.title')} id="confirm">
      <p>{t('coordination.confirm.text')}</p>
      <ButtonRow>
        <Form action={at(`/focal-points/${id}/ask`)} label={t('coordination.confirm.by-mail')}>
          <Button kind="secondary">{t('coordination.confirm.by-mail')}</Button>
        </Form>
        <Form action={at(`/focal-points/${id}/letter`)} label={t('coordination.confirm.by-letter')}>
          <Button kind="secondary">{t('coordination.confirm.by-letter')}</Button>
        </Form>
        <Form action={at(`/focal-points/${id}/confirm`)} label={t('coordination.confirm.by-hand')}>
          <Button kind="secondary">{t('coordination.confirm.by-hand')}</Button>
        </Form>
      </ButtonRow>
    </Panel>
  )
}

interface Version {
  readonly version: number
  readonly at: string
  readonly actorId: string
  readonly action: string
}

function History({
  request: { t },
  history,
  names,
}: {
  readonly request: PageRequest
  readonly history: readonly Version[]
  readonly names: (id: string) => string
}) {
  return (
    <Timeline
      events={history.map(({ version, at, actorId, action }) => ({
        id: String(version),
        at,
        actor: names(actorId),
        title: t(`coordination.action.${action}`),
      }))}
    />
  )
}

export async function confirmByHand({ context, actor, params, at }: PageRequest): Promise<HttpResponse> {
  const id = params.id ?? ''
  await context.operations.run(confirmFocalPoint, { id }, actor)
  return seeOther(`${at(`/focal-points/${id}`)}?done=confirmed`)
}

export async function askByMail(request: PageRequest): Promise<PageContent | HttpResponse> {
  const { context, actor, params, at } = request
  const id = params.id ?? ''
  try {
    await context.operations.run(askToConfirm, { id }, actor)
    return seeOther(`${at(`/focal-points/${id}`)}?done=asked`)
  } catch (error) {
    if (error instanceof Problem && error.code === 'coordination.no-address') return focalPointPage(request, error)
    throw error
  }
}
