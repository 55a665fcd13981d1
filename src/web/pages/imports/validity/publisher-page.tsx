/** Validity of one publisher: each of its files with what the newest import found, beside the import before. */
import { problemText } from '../../../../i18n/problem-text.ts'
import {
  getPublisherValidity,
  type PublisherFile,
  type RuleCount,
  type RunWithRules,
} from '../../../../modules/registry/index.ts'
import { DataTable, EmptyState, Page, SummaryList } from '../../../components/index.ts'
import type { PageContent, PageRequest } from '../../../site.tsx'
import { LevelTag } from '../kinds-table.tsx'
import { filterQuery } from './filter.ts'
import { Code } from './problem-columns.tsx'

export async function publisherPage(request: PageRequest): Promise<PageContent> {
  const { t, at, context, actor, params } = request
  const found = await context.operations.run(getPublisherValidity, { publisher: params.publisher ?? '' }, actor)
  const { publisher, files, moreFiles } = found
  const name = publisher.name ?? publisher.publisher
  return {
    title: name,
    place: 'imports',
    noIndex: true,
    body: (
      <Page
        title={<bdi>{name}</bdi>}
        kicker={t('published.validity.kicker')}
        trail={[
          { label: t('imports.title'), href: at('/imports') },
          { label: t('published.publishers.title'), href: at('/imports/publishers') },
        ]}
        lead={t('published.publishers.of-file')}
      >
        <SummaryList
          layout="card"
          facts={[
            { label: t('published.publishers.ref'), value: <Code text={publisher.publisher} /> },
            { label: t('published.run.activities'), value: t.number(publisher.activities) },
            { label: t('published.publishers.files'), value: t.number(publisher.files) },
            { label: t('published.publishers.latest'), value: t.instant(publisher.latestAt) },
          ]}
        />
        {publisher.orgId !== null && (
          <p>
            <a href={at(`/organisations/${publisher.orgId}`)}>{t('published.publishers.organisation')}</a>
          </p>
        )}
        {files.map((file) => (
          <FileSection key={`${file.collection} ${file.series}`} request={request} file={file} />
        ))}
        {moreFiles > 0 && <p class="muted">{t('published.publishers.more', { count: moreFiles, shown: t.number(moreFiles) })}</p>}
      </Page>
    ),
  }
}

function FileSection({ request, file }: { readonly request: PageRequest; readonly file: PublisherFile }) {
  const { t, at } = request
  const { latest, previous } = file
  const runLink = ({ run }: RunWithRules) => <a href={at(`/imports/${run.id}/validity`)}>{t.instant(run.startedAt)}</a>
  return (
    <section>
      <h2>
        <bdi>{file.series}</bdi>
      </h2>
      <SummaryList
        facts={[
          {
            label: t('imports.column.collection'),
            value: (
              <a href={`${at('/initiatives')}?collection=${encodeURIComponent(file.collection)}`}>
                <bdi>{file.collection}</bdi>
              </a>
            ),
          },
          { label: t('published.publishers.in-file'), value: t.number(file.activities) },
          { label: t('published.run.withdrawn'), value: t.number(file.withdrawn) },
          { label: t('published.publishers.latest'), value: runLink(latest) },
          { label: t('published.publishers.previous'), value: previous ? runLink(previous) : t('published.publishers.first') },
        ]}
      />
      <ComparedRules request={request} latest={latest} previous={previous} />
    </section>
  )
}

interface ComparedProps {
  readonly request: PageRequest
  readonly latest: RunWithRules
  readonly previous: RunWithRules | null
}

interface ComparedRule {
  readonly rule: RuleCount
  readonly now: number
  readonly before: number | undefined
}

function ComparedRules({ request: { t, at }, latest, previous }: ComparedProps) {
  const rows = compared(latest, previous)
  const sum = (level: RuleCount['level'], of: (row: ComparedRule) => number) =>
    rows.filter(({ rule }) => rule.level === level).reduce((total, row) => total + of(row), 0)
  const difference = ({ now, before }: Pick<ComparedRule, 'now' | 'before'>) =>
    before === undefined ? '–' : t.number(now - before, { signed: true })
  const address = at(`/imports/${latest.run.id}/validity`)
  return (
    <>
      <p>
        {t('published.publishers.sums', {
          errors: t.number(sum('error', ({ now }) => now)),
          warnings: t.number(sum('warning', ({ now }) => now)),
        })}{' '}
        {previous &&
          t('published.publishers.sums-before', {
            errors: t.number(sum('error', ({ before = 0 }) => before)),
            warnings: t.number(sum('warning', ({ before = 0 }) => before)),
          })}
      </p>
      <DataTable
        caption={t('published.validity.rules')}
        captionHidden
        columns={[
          { key: 'level', label: t('imports.kinds.level'), cell: ({ rule }) => <LevelTag t={t} level={rule.level} /> },
          {
            key: 'rule',
            label: t('published.validity.rule'),
            rowHeader: true,
            cell: ({ rule }) => (
              <>
                {problemText(t, { code: rule.code, params: rule.example.params })}
                <br />
                <span class="muted">
                  <Code text={rule.code} />
                </span>
              </>
            ),
          },
          {
            key: 'now',
            label: t('published.publishers.now'),
            kind: 'number',
            cell: ({ rule, now }) => (
              <a href={`${address}${filterQuery({ rule: rule.code, level: rule.level })}#problems`}>{t.number(now)}</a>
            ),
          },
          {
            key: 'before',
            label: t('published.publishers.before'),
            kind: 'number',
            cell: ({ before }) => (before === undefined ? '–' : t.number(before)),
          },
          { key: 'difference', label: t('published.publishers.difference'), kind: 'number', cell: difference },
        ]}
        rows={rows}
        rowKey={({ rule }) => `${rule.level} ${rule.code}`}
        empty={<EmptyState title={t('imports.kinds.none')} />}
      />
    </>
  )
}

/** A rule that is no longer broken stays in sight with its zero. */
function compared(latest: RunWithRules, previous: RunWithRules | null): ComparedRule[] {
  const keyOf = ({ code, level }: RuleCount) => `${level} ${code}`
  const before = new Map(previous?.rules.map((rule) => [keyOf(rule), rule]))
  const now = latest.rules.map((rule) => ({
    rule,
    now: rule.count,
    before: previous ? (before.get(keyOf(rule))?.count ?? 0) : undefined,
  }))
  const known = new Set(latest.rules.map(keyOf))
  const gone = [...before.values()].filter((rule) => !known.has(keyOf(rule)))
  return [...now, ...gone.map((rule) => ({ rule, now: 0, before: rule.count }))]
}
