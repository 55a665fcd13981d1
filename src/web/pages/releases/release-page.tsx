/** One release before it leaves: every field with counts and examples, every record, and what may be done with it next. */
import type { HttpResponse } from '../../../kernel/http.ts'
import { textFor } from '../../../kernel/localized-text.ts'
import {
  abandonRelease,
  getRelease,
  listReleaseRecords,
  type RecordsOfRelease,
  type ReleaseView,
  refreshRelease,
  withholdFields,
} from '../../../modules/registry/index.ts'
import {
  Button,
  ButtonLink,
  ButtonRow,
  DataTable,
  ErrorSummary,
  type FormError,
  LocalizedTextView,
  Notice,
  Page,
  Pagination,
  StatePill,
  SummaryList,
  Tag,
} from '../../components/index.ts'
import type { PageContent, PageRequest } from '../../site.tsx'
import { sizeText } from '../data/addresses.ts'
import { FieldsForm } from './fields-form.tsx'
import { LeavingSummary } from './leaving-summary.tsx'
import { orAgain, releaseTrail, statePill, versionIn } from './words.ts'

const ROWS_PER_PAGE = 50
const DONE = ['fields', 'refreshed', 'record', 'confirmed', 'written', 'abandoned'] as const

export async function releasePage(request: PageRequest, errors: readonly FormError[] = [], status = 200): Promise<PageContent> {
  const { t, context, actor, query } = request
  const id = request.params.id ?? ''
  const view = await context.operations.run(getRelease, { id }, actor)
  const offset = Math.max(0, Number.parseInt(query.get('from') ?? '0', 10) || 0)
  const records = await context.operations.run(listReleaseRecords, { id, offset, limit: ROWS_PER_PAGE }, actor)
  const { release, rights } = view
  const open = release.state === 'drafted' && rights.includes('edit')
  const done = DONE.find((one) => one === query.get('done'))
  return {
    title: t('releases.one', { addressee: release.addressee }),
    noIndex: true,
    status,
    body: (
      <Page title={<bdi>{release.addressee}</bdi>} kicker={t('releases.kicker')} trail={releaseTrail(request)}>
        <p>
          <StatePill {...statePill(t, release.state)} />
        </p>
        <ErrorSummary errors={errors} />
        {done && <Notice kind="good" title={t(`releases.done.${done}`)} live />}
        {release.state === 'drafted' && view.changedSince > 0 && <ChangedNotice request={request} view={view} open={open} />}
        <LeavingSummary request={request} view={view} />
        <NextStep request={request} view={view} />
        <h2 id="fields">{t('releases.fields-title')}</h2>
        <FieldsForm request={request} view={view} open={open} />
        <h2 id="records">{t('releases.records-title')}</h2>
        <Records request={request} view={view} records={records} offset={offset} />
      </Page>
    ),
  }
}

interface ViewProps {
  readonly request: PageRequest
  readonly view: ReleaseView
}

function ChangedNotice({ request: { t, at }, view, open }: ViewProps & { readonly open: boolean }) {
  const { release, changedSince } = view
  return (
    <Notice title={t('releases.changed-since', { count: changedSince, shown: t.number(changedSince) })}>
      <p>{t('releases.changed-since-text')}</p>
      {open && (
        <form method="post" action={at(`/releases/${release.id}/refresh`)}>
          <input type="hidden" name="version" value={release.version} />
          <Button kind="secondary">{t('releases.refresh')}</Button>
        </form>
      )}
    </Notice>
  )
}

/** What comes next, for whoever may do it. */
function NextStep({ request, view }: ViewProps) {
  const { t, at } = request
  const { release, rights } = view
  if (release.state === 'written') return <Written request={request} view={view} />
  if (release.state === 'abandoned') return <Notice title={t('releases.abandoned-text')} />
  return (
    <>
      {release.state === 'confirmed' && <Notice title={t('releases.confirmed-text')} />}
      <ButtonRow>
        {release.state === 'drafted' && rights.includes('confirm') && (
          <ButtonLink href={at(`/releases/${release.id}/confirm`)}>{t('releases.to-confirm')}</ButtonLink>
        )}
        {release.state === 'confirmed' && rights.includes('edit') && (
          <form method="post" action={at(`/releases/${release.id}/write`)}>
            <input type="hidden" name="version" value={release.version} />
            <Button>{t('releases.write')}</Button>
          </form>
        )}
        {rights.includes('edit') && (
          <form method="post" action={at(`/releases/${release.id}/abandon`)}>
            <input type="hidden" name="version" value={release.version} />
            <Button kind="quiet">{t('releases.abandon')}</Button>
          </form>
        )}
      </ButtonRow>
    </>
  )
}

function Written({ request: { t, at }, view: { release } }: ViewProps) {
  return (
    <>
      <ButtonRow>
        <ButtonLink href={at(`/releases/${release.id}/package.zip`)}>
          {t('releases.download', { size: sizeText(t, release.fileBytes ?? 0) })}
        </ButtonLink>
      </ButtonRow>
      <p>
        {t('releases.download-text')} <a href={at('/releases/key')}>{t('releases.key.title')}</a>
      </p>
      <SummaryList
        facts={[
          { label: t('releases.field.written'), value: release.writtenAt && t.instant(release.writtenAt) },
          {
            label: t('releases.field.digest'),
            value: (
              <code class="hash" dir="ltr">
                {release.fileDigest}
              </code>
            ),
          },
        ]}
      />
    </>
  )
}

interface RecordsProps extends ViewProps {
  readonly records: RecordsOfRelease
  readonly offset: number
}

function Records({ request: { t, at }, view: { release }, records, offset }: RecordsProps) {
  const address = at(`/releases/${release.id}`)
  const next = offset + records.rows.length
  const pageHref = (from: number) => `${address}?from=${from}#records`
  return (
    <>
      <DataTable
        caption={t('releases.records-title')}
        captionHidden
        columns={[
          {
            key: 'title',
            label: t('tables.field.title'),
            cell: ({ initiativeId, title, identifier }) => (
              <a href={`${address}/records/${initiativeId}`}>
                {title && textFor(title, t.lang) ? <LocalizedTextView value={title} /> : <bdi>{identifier ?? initiativeId}</bdi>}
              </a>
            ),
          },
          {
            key: 'fields',
            label: t('releases.column.leaving'),
            cell: ({ leaving, stated, withheld }) =>
              withheld ? (
                <Tag tone="note">{t('releases.record-stays')}</Tag>
              ) : (
                t('releases.fields-of', { leaving: t.number(leaving), stated: t.number(stated) })
              ),
          },
        ]}
        rows={records.rows}
        rowKey={({ initiativeId }) => initiativeId}
      />
      {records.rows.length > 0 && (
        <Pagination
          shown={records.rows.length}
          total={records.total}
          from={offset + 1}
          previousHref={offset > 0 ? pageHref(Math.max(0, offset - ROWS_PER_PAGE)) : undefined}
          nextHref={next < records.total ? pageHref(next) : undefined}
        />
      )}
    </>
  )
}

type Answer = Promise<PageContent | HttpResponse>

/** Does one step of the release in the address and comes back to its page. */
function step(
  request: PageRequest,
  done: (typeof DONE)[number],
  work: (which: { id: string; version: number }) => Promise<unknown>,
): Answer {
  const id = request.params.id ?? ''
  return orAgain(
    async () => {
      await work({ id, version: versionIn(request.form) })
      return `${request.at(`/releases/${id}`)}?done=${done}`
    },
    (errors, status) => releasePage(request, errors, status),
    request.t,
  )
}

export function withholdEverywhere(request: PageRequest): Answer {
  const { context, actor, form } = request
  const [shown, leaves] = [form.getAll('shown'), new Set(form.getAll('leaves'))]
  return step(request, 'fields', async (which) => {
    const { release } = await context.operations.run(getRelease, { id: which.id }, actor)
    // A field that no record states now stays as it was: records that are taken anew may state it.
    const unseen = release.withheldFields.filter((field) => !shown.includes(field))
    const fields = [...unseen, ...shown.filter((field) => !leaves.has(field))]
    return context.operations.run(withholdFields, { ...which, fields }, actor)
  })
}

export function refreshIt(request: PageRequest): Answer {
  const { context, actor } = request
  return step(request, 'refreshed', (which) => context.operations.run(refreshRelease, which, actor))
}

export function abandonIt(request: PageRequest): Answer {
  const { context, actor } = request
  return step(request, 'abandoned', (which) => context.operations.run(abandonRelease, which, actor))
}

export function writeIt(request: PageRequest): Answer {
  const { context, actor, t } = request
  return step(request, 'written', (which) => context.releases.write(which, t, actor))
}
