/** Open data: every collection with its files, licence, size and hash, and the snapshots. */
import { type BulkFile, type BulkFormat, type BulkSubject, formatsOf, ORGANISATIONS } from '../../../jobs/exports/bulk-files.ts'
import { listSnapshots } from '../../../modules/registry/index.ts'
import { type Column, DataTable, LocalizedTextView, Page, Tag } from '../../components/index.ts'
import type { PageContent, PageRequest } from '../../site.tsx'
import { bulkAddress, sizeText } from './addresses.ts'
import { SnapshotTable } from './snapshot-table.tsx'

/** Files of a collection up to this size are made when somebody looks at the page; larger ones when somebody asks for them. */
const MADE_AHEAD_ROWS = 2_000
const SHOWN_SNAPSHOTS = 10
const CATALOGUE = '/data.json'

type ShownSubject = BulkSubject & { readonly kept: ReadonlyMap<string, BulkFile> }

export async function dataPage(request: PageRequest): Promise<PageContent> {
  const { t, at, context } = request
  const subjects = await context.openData.subjects()
  const shown = await Promise.all(subjects.map((subject) => withFiles(request, subject)))
  const snapshots = await context.operations.run(listSnapshots, { limit: SHOWN_SNAPSHOTS }, request.actor)
  const title = t('data.title')
  return {
    title,
    body: (
      <Page title={title} lead={t('data.lead')}>
        <section>
          <h2 id="collections">{t('data.collections')}</h2>
          <DataTable
            caption={t('data.collections')}
            captionHidden
            columns={columnsOf(request)}
            rows={shown}
            rowKey={({ key }) => key}
          />
          <p>{t('data.hash-explained')}</p>
        </section>
        <section>
          <h2 id="snapshots">{t('data.snapshots.title')}</h2>
          <p>{t('data.snapshots.lead')}</p>
          <SnapshotTable request={request} snapshots={snapshots} />
          <p>
            <a href={at('/data/snapshots')}>
              {request.may('registry.snapshot.take') ? t('data.snapshots.take') : t('data.snapshots.see')}
            </a>
          </p>
        </section>
        <section>
          <h2 id="programs">{t('data.programs')}</h2>
          <p>{t('data.programs-text')}</p>
          <p>
            {t('data.programs-list')} <a href={CATALOGUE}>{CATALOGUE}</a>
            {' · '}
            <a href={at('/api')}>{t('programs.title')}</a>
            {' · '}
            <a href={at('/standards/iati')}>{t('standards.iati-title')}</a>
          </p>
        </section>
      </Page>
    ),
  }
}

async function withFiles({ context }: PageRequest, subject: BulkSubject): Promise<ShownSubject> {
  const kept = new Map<string, BulkFile>()
  for (const format of formatsOf(subject)) {
    const file = await context.openData.kept(subject, format)
    if (file) kept.set(format.extension, file)
    // In the background: the next visitor sees the size. One that cannot be made says so to whoever asks for it.
    else if (subject.listings <= MADE_AHEAD_ROWS) context.openData.file(subject, format).catch(() => undefined)
  }
  return { ...subject, kept }
}

function columnsOf(request: PageRequest): Column<ShownSubject>[] {
  const { t, at } = request
  return [
    {
      key: 'name',
      label: t('registry.field.collection'),
      cell: ({ key, names, kind }) =>
        names === null ? (
          <a href={at('/initiatives')}>{t('data.all')}</a>
        ) : (
          <>
            <a href={`${at('/initiatives')}?collection=${encodeURIComponent(key)}`}>
              <LocalizedTextView value={names} />
            </a>{' '}
            {kind === 'sample' && <Tag tone="note">{t('registry.collection-kind.sample')}</Tag>}
            <br />
            <bdi class="muted">{key}</bdi>
          </>
        ),
    },
    { key: 'rows', label: t('registry.collections.rows'), kind: 'number', cell: ({ listings }) => t.number(listings) },
    {
      key: 'changed',
      label: t('data.changed'),
      cell: ({ changedAt }) => (changedAt === null ? undefined : t.date(changedAt.slice(0, 10))),
    },
    {
      key: 'licence',
      label: t('registry.collections.licence'),
      cell: ({ key, source }) => (key === '_all' ? '–' : source?.licence && <bdi>{source.licence}</bdi>),
    },
    { key: 'files', label: t('data.files'), cell: (subject) => <Files request={request} subject={subject} /> },
    {
      key: 'hash',
      label: t('data.hash'),
      cell: ({ kept }) => {
        // Organisations are no rows: their file has a hash of its own.
        const [, file] = [...kept].find(([extension]) => extension !== ORGANISATIONS.extension) ?? []
        return file ? (
          <code class="hash" dir="ltr" title={file.snapshotHash}>
            {file.snapshotHash.slice(0, 8)}…
          </code>
        ) : (
          '–'
        )
      },
    },
  ]
}

function Files({ request: { t, at }, subject }: { readonly request: PageRequest; readonly subject: ShownSubject }) {
  return (
    <ul class="file-list">
      {formatsOf(subject).map((format) => {
        const file = subject.kept.get(format.extension)
        return (
          <li key={format.extension}>
            <a href={bulkAddress(subject.key, format)} download>
              <bdi>{nameOf(t, format)}</bdi>
            </a>{' '}
            <span class="muted">{file ? <bdi>({sizeText(t, file.bytes)})</bdi> : undefined}</span>
            {file?.leftOut !== undefined && file.leftOut > 0 && (
              <>
                {' '}
                <a href={at(`/data/left-out/${encodeURIComponent(subject.key)}`)}>
                  {t('data.left-out.count', { count: file.leftOut, shown: t.number(file.leftOut) })}
                </a>
              </>
            )}
          </li>
        )
      })}
    </ul>
  )
}

function nameOf(t: PageRequest['t'], { extension, format }: BulkFormat): string {
  if (extension === ORGANISATIONS.extension) return t('data.organisations-file')
  return extension === 'zip' ? t('data.package') : format
}
