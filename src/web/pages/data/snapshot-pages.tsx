/** All snapshots with the form that takes one, and the page of one: what it holds, its hashes, its file. */
import { problemText } from '../../../i18n/problem-text.ts'
import { tableNames } from '../../../jobs/exports/package/open-tables.ts'
import { takeSnapshot } from '../../../jobs/exports/take-snapshot.ts'
import { type HttpResponse, seeOther } from '../../../kernel/http.ts'
import { Problem } from '../../../kernel/problems.ts'
import { getSnapshot, listCollectionsQuery, listSnapshots, parseListingFilter } from '../../../modules/registry/index.ts'
import {
  Button,
  ButtonLink,
  DataTable,
  ErrorSummary,
  Form,
  type FormError,
  Notice,
  Page,
  Panel,
  SelectField,
  SummaryList,
  TextField,
} from '../../components/index.ts'
import type { PageContent, PageRequest } from '../../site.tsx'
import { absoluteAddress } from '../initiatives/list/cite-list.ts'
import { sizeText, snapshotAddress } from './addresses.ts'
import { SnapshotTable, snapshotTitle } from './snapshot-table.tsx'

const SHOWN = 500

export function snapshotsPage(request: PageRequest): Promise<PageContent> {
  return renderSnapshots(request, [])
}

export async function takeFromForm(request: PageRequest): Promise<PageContent | HttpResponse> {
  const { form, context, actor, t, at } = request
  const collection = form.get('collection') ?? ''
  const title = form.get('title')?.trim().slice(0, 300) || undefined
  try {
    const snapshot = await takeSnapshot(
      context.operations,
      {
        filter: parseListingFilter(new URLSearchParams(collection === '' ? {} : { collection })),
        title,
        instance: context.instance.name,
        origin: request.origin,
      },
      t,
      actor,
    )
    return seeOther(`${at(`/data/snapshots/${snapshot.id}`)}?done=taken`)
  } catch (error) {
    if (!(error instanceof Problem) || error.kind !== 'conflict') throw error
    return renderSnapshots(request, [{ message: problemText(t, error) }])
  }
}

async function renderSnapshots(request: PageRequest, errors: readonly FormError[]): Promise<PageContent> {
  const { t, at, context, actor } = request
  const snapshots = await context.operations.run(listSnapshots, { limit: SHOWN }, actor)
  const title = t('data.snapshots.title')
  return {
    title,
    status: errors.length > 0 ? 409 : 200,
    body: (
      <Page title={title} trail={[{ label: t('data.title'), href: at('/data') }]} lead={t('data.snapshots.lead')}>
        <ErrorSummary errors={errors} />
        <SnapshotTable request={request} snapshots={snapshots} />
        {request.may('registry.snapshot.take') && (await takeForm(request))}
      </Page>
    ),
  }
}

async function takeForm(request: PageRequest) {
  const { t, at, context, actor, form } = request
  const collections = await context.operations.run(listCollectionsQuery, {}, actor)
  return (
    <Panel title={t('data.snapshots.take')} id="take">
      <p>{t('data.snapshots.take-lead')}</p>
      <Form action={at('/data/snapshots')} label={t('data.snapshots.take')}>
        <SelectField
          name="collection"
          label={t('data.snapshots.collection')}
          choices={[{ value: '', label: t('data.all') }, ...collections.map(({ key }) => ({ value: key, label: key }))]}
          value={form.get('collection') ?? ''}
        />
        <TextField
          name="title"
          label={t('data.snapshots.name')}
          hint={t('data.snapshots.name-hint')}
          value={form.get('title') ?? undefined}
          optional
        />
        <Button>{t('data.snapshots.take')}</Button>
      </Form>
    </Panel>
  )
}

export async function snapshotPage(request: PageRequest): Promise<PageContent> {
  const { t, at, context, actor, params, query } = request
  const snapshot = await context.operations.run(getSnapshot, { id: params.id ?? '' }, actor)
  const title = snapshotTitle(request, snapshot)
  const hash = (value: string) => (
    <code class="hash" dir="ltr">
      {value}
    </code>
  )
  return {
    title,
    about: {
      cite: {
        citation: `${context.instance.name}, ${title}, ${t.instant(snapshot.takenAt)}, ${snapshot.snapshotHash}`,
        permalink: absoluteAddress(request, at(`/data/snapshots/${snapshot.id}`)),
      },
    },
    body: (
      <Page
        title={<bdi>{title}</bdi>}
        kicker={t('data.snapshots.title')}
        trail={[
          { label: t('data.title'), href: at('/data') },
          { label: t('data.snapshots.title'), href: at('/data/snapshots') },
        ]}
        actions={
          <ButtonLink href={snapshotAddress(snapshot.id)}>
            {t('data.snapshots.download', { size: sizeText(t, snapshot.fileBytes) })}
          </ButtonLink>
        }
      >
        {query.get('done') === 'taken' && <Notice kind="good">{t('data.snapshots.done')}</Notice>}
        <SummaryList
          facts={[
            { label: t('data.snapshots.taken'), value: t.instant(snapshot.takenAt) },
            {
              label: t('registry.about.filter'),
              value: (
                <a href={`${at('/initiatives')}?${snapshot.filter}`}>
                  {snapshot.filter === '' ? t('data.all') : <bdi dir="ltr">{snapshot.filter}</bdi>}
                </a>
              ),
            },
            { label: t('data.hash'), value: hash(snapshot.snapshotHash) },
            { label: t('data.content-hash'), value: hash(snapshot.contentHash) },
            { label: t('data.snapshots.digest'), value: hash(snapshot.fileDigest) },
            { label: t('data.snapshots.program'), value: <bdi>{snapshot.programVersion}</bdi> },
          ]}
        />
        <h2 id="counts">{t('data.snapshots.counts')}</h2>
        <DataTable
          caption={t('data.snapshots.counts')}
          captionHidden
          columns={[
            { key: 'table', label: t('data.package.tables'), cell: ([name]) => t(`data.table.${name}`) },
            { key: 'rows', label: t('registry.collections.rows'), kind: 'number', cell: ([, count]) => t.number(count) },
          ]}
          rows={tableNames().flatMap((name) =>
            snapshot.counts[name] === undefined ? [] : [[name, snapshot.counts[name]] as const],
          )}
          rowKey={([name]) => name}
        />
        <h2 id="code-lists">{t('registry.codes.title')}</h2>
        <DataTable
          caption={t('registry.codes.title')}
          captionHidden
          columns={[
            { key: 'name', label: t('registry.codes.list'), cell: ({ name }) => <bdi dir="ltr">{name}</bdi> },
            { key: 'version', label: t('registry.codes.version'), cell: ({ version }) => <bdi>{version}</bdi> },
            { key: 'date', label: t('registry.form.date'), cell: ({ date }) => t.date(date) },
          ]}
          rows={snapshot.codeLists}
          rowKey={({ name }) => name}
        />
      </Page>
    ),
  }
}
