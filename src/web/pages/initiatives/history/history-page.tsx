/** Every version of a record: who, when, why, and what changed; and the record "as of" a date. */
import { listAuditEvents, type RecordVersion } from '../../../../modules/access/index.ts'
import { getInitiative, getInitiativeHistory, type InitiativeRecord } from '../../../../modules/registry/index.ts'
import {
  Button,
  ButtonLink,
  DateField,
  ErrorSummary,
  LocalizedTextView,
  NotStated,
  Page,
  Panel,
  SummaryList,
  Timeline,
} from '../../../components/index.ts'
import { peopleNames } from '../../../people-names.ts'
import type { PageContent, PageRequest } from '../../../site.tsx'
import { changedFacts, factName, factText, yearsText } from '../fact-text.ts'
import { namingOf } from '../naming.ts'
import { partnerIds } from '../words.ts'

interface Change {
  readonly field: string
  readonly before: string | undefined
  readonly after: string | undefined
}

/** A date that was asked for and could not be read: shown at the field, with what was typed. */
export interface RefusedDate {
  readonly typed: string
  readonly error: string
}

export async function historyPage(request: PageRequest, refused?: RefusedDate): Promise<PageContent> {
  const { t, at, context, actor } = request
  const id = request.params.id ?? ''
  const { record } = await context.operations.run(getInitiative, { id }, actor)
  const versions = await context.operations.run(getInitiativeHistory, { id }, actor)
  const events = request.may('access.audit.view')
    ? await context.operations.run(listAuditEvents, { module: 'registry', aggregate: 'initiatives', id, limit: 500 }, actor)
    : []
  const reasons = new Map(events.map(({ version, reason }) => [version, reason]))
  const { orgs } = await namingOf(
    request,
    versions.flatMap(({ snapshot }) => partnerIds(snapshot.facts)),
  )
  const people = await peopleNames(
    request,
    versions.map(({ actorId }) => actorId),
  )
  const title = t('registry.history.title')
  return {
    title,
    place: 'initiatives',
    noIndex: true,
    status: refused ? 422 : 200,
    body: (
      <Page
        title={title}
        trail={[
          { label: t('registry.list.title'), href: at('/initiatives') },
          { label: record.identifier ?? t('registry.detail.kicker'), href: at(`/initiatives/${id}`) },
        ]}
        lead={record.facts.title && <LocalizedTextView value={record.facts.title} />}
        actions={
          request.may('access.audit.view') && (
            <ButtonLink
              href={`${at('/audit')}?${new URLSearchParams({ record: `registry/initiatives/${id}` })}`}
              kind="secondary"
            >
              {t('audit.title')}
            </ButtonLink>
          )
        }
      >
        {refused && <ErrorSummary errors={[{ field: 'asOf', message: refused.error }]} />}
        <Panel title={t('registry.history.as-of')} id="as-of">
          <form method="get" action={at(`/initiatives/${id}`)} class="form">
            <DateField
              name="asOf"
              label={t('registry.form.date')}
              hint={t('registry.history.as-of-hint')}
              value={refused?.typed}
              error={refused?.error}
            />
            <Button kind="secondary">{t('registry.history.show')}</Button>
          </form>
        </Panel>
        <Timeline
          events={versions.map((version, index) => ({
            id: String(version.version),
            at: version.at,
            actor: people(version.actorId),
            title: (
              <>
                <a href={`${at(`/initiatives/${id}`)}?asOf=${encodeURIComponent(version.at)}`}>
                  {t('registry.history.version', { version: version.version, action: actionName(t, version.action) })}
                </a>
              </>
            ),
            detail: (
              <VersionDetail
                request={request}
                version={version}
                reason={reasons.get(version.version) ?? undefined}
                changes={changesOf(t, versions[index + 1], version, orgs)}
              />
            ),
          }))}
        />
      </Page>
    ),
  }
}

function actionName(t: PageRequest['t'], action: string): string {
  return t.has(`registry.action.${action}`) ? t(`registry.action.${action}`) : t(`components.state.${action}`)
}

interface VersionDetailProps {
  readonly request: PageRequest
  readonly version: RecordVersion<InitiativeRecord>
  readonly reason: string | undefined
  readonly changes: readonly Change[] | undefined
}

function VersionDetail({ request: { t, at }, version, reason, changes }: VersionDetailProps) {
  return (
    <>
      {reason !== undefined && (
        <p>
          {t('registry.history.reason')} <bdi>{reason}</bdi>
        </p>
      )}
      {version.runId !== null && (
        <p>
          <a href={at(`/imports/${version.runId}`)}>{t('components.provenance.run')}</a>
        </p>
      )}
      {changes && changes.length > 0 && (
        <SummaryList
          facts={changes.map(({ field, before, after }) => ({
            label: field,
            value: (
              <>
                <span class="muted">{t('components.label', { label: t('registry.history.before') })}</span>{' '}
                <Lines text={before} />
                <br />
                <span class="muted">{t('components.label', { label: t('registry.history.after') })}</span> <Lines text={after} />
              </>
            ),
          }))}
        />
      )}
    </>
  )
}

function Lines({ text }: { readonly text: string | undefined }) {
  if (text === undefined) return <NotStated />
  return (
    <>
      {text.split('\n').map((line, index) => (
        <span key={line}>
          {index > 0 && <br />}
          <bdi>{line}</bdi>
        </span>
      ))}
    </>
  )
}

/** Undefined for the first version: everything in it is new. */
function changesOf(
  t: PageRequest['t'],
  before: RecordVersion<InitiativeRecord> | undefined,
  { snapshot: after }: RecordVersion<InitiativeRecord>,
  orgs: ReadonlyMap<string, string>,
): Change[] | undefined {
  if (!before) return undefined
  const was = before.snapshot
  const changes: Change[] = changedFacts(was.facts, after.facts).map((field) => ({
    field: factName(t, field),
    before: factText(t, was.facts, field, orgs),
    after: factText(t, after.facts, field, orgs),
  }))
  if (was.state !== after.state)
    changes.push({
      field: factName(t, 'state'),
      before: t(`components.state.${was.state}`),
      after: t(`components.state.${after.state}`),
    })
  if (yearsText(t, was) !== yearsText(t, after))
    changes.push({ field: factName(t, 'listed'), before: yearsText(t, was), after: yearsText(t, after) })
  return changes
}
