/** What an organisation publishes about itself: the files, its budgets and expenditure, its documents. */
import { codeName } from '../../../../codes/index.ts'
import { ownNameOf } from '../../../../i18n/languages.ts'
import { textFor } from '../../../../kernel/localized-text.ts'
import { listNamedOrgs } from '../../../../modules/directory/index.ts'
import {
  listOrgPublications,
  type OrgPublication,
  type OrgPublications,
  type PublishedBudget,
  type PublishedDocument,
} from '../../../../modules/registry/index.ts'
import {
  type Column,
  DataTable,
  DownloadLinks,
  EmptyState,
  LocalizedTextView,
  NotStated,
  Pagination,
  Tag,
} from '../../../components/index.ts'
import { FILE_FORMATS } from '../../../list-files.ts'
import type { PageRequest } from '../../../site.tsx'
import { moneyText, periodText } from '../../initiatives/words.ts'
import { hasRecipient, recipientText, statusText } from './budget-words.ts'

/** An organisation of the directory, or one that only a file knows. */
export type PublishingOrg = { readonly orgId: string } | { readonly identifier: string }

const PER_PAGE = 50

export interface ShownPublications extends OrgPublications {
  readonly orgs: ReadonlyMap<string, string>
  readonly budgetsFrom: number
  readonly documentsFrom: number
}

export async function publicationsOf(request: PageRequest, org: PublishingOrg): Promise<ShownPublications> {
  const { context, actor, query } = request
  const budgetsFrom = placeIn(query, 'budgets')
  const documentsFrom = placeIn(query, 'documents')
  const found = await context.operations.run(listOrgPublications, { ...org, budgetsFrom, documentsFrom, limit: PER_PAGE }, actor)
  return { ...found, budgetsFrom, documentsFrom, orgs: await recipientNames(request, found.budgets.rows) }
}

/** Names in the directory of those for whom the budgets are, by id. */
export async function recipientNames(
  { context, actor, t }: PageRequest,
  budgets: readonly PublishedBudget[],
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(budgets.flatMap(({ recipient }) => recipient?.orgId ?? []))]
  const orgs = ids.length === 0 ? [] : await context.operations.run(listNamedOrgs, { ids }, actor)
  return new Map(
    orgs.flatMap(({ id, names }) => {
      const name = textFor(names, t.lang)?.text
      return name === undefined ? [] : [[id, name]]
    }),
  )
}

const FURTHEST = 10_000_000

function placeIn(query: URLSearchParams, name: string): number {
  const asked = Number(query.get(name))
  return Number.isInteger(asked) && asked > 0 && asked < FURTHEST ? asked : 0
}

interface SectionProps {
  readonly request: PageRequest
  readonly org: PublishingOrg
  readonly found: ShownPublications
}

export function PublishedSection({ request, org, found }: SectionProps) {
  const { t, at } = request
  const { publications, budgets, documents, budgetsFrom, documentsFrom, orgs } = found
  const address = at('orgId' in org ? `/organisations/${org.orgId}` : '/organisations/published')
  const pages = { request, address }
  return (
    <section aria-labelledby="published">
      <h2 id="published">{t('published.org.title')}</h2>
      {publications.length === 0 ? (
        <EmptyState title={t('published.org.none')} />
      ) : (
        <>
          <p>{t('published.org.lead')}</p>
          <DataTable
            caption={t('published.org.files')}
            columns={fileColumns(request)}
            rows={publications}
            rowKey={({ id }) => id}
          />
          <h3 id="budgets">{t('published.org.budgets')}</h3>
          {budgets.total === 0 ? (
            <p>{t('published.org.no-budgets')}</p>
          ) : (
            <>
              <p class="muted">{t('published.org.dollars-text')}</p>
              <DataTable
                caption={t('published.org.budgets')}
                captionHidden
                columns={budgetColumns(request, orgs)}
                rows={budgets.rows}
                rowKey={(row) => JSON.stringify(row)}
              />
              <Pages {...pages} part="budgets" from={budgetsFrom} total={budgets.total} shown={budgets.rows.length} />
              <DownloadLinks
                label={t('published.org.download-budgets')}
                links={FILE_FORMATS.map(({ format, extension }) => ({
                  format,
                  href: `${at(`/organisations/published.${extension}`)}?${new URLSearchParams({ ...org })}`,
                }))}
              />
            </>
          )}
          <h3 id="documents">{t('registry.detail.documents')}</h3>
          {documents.total === 0 ? (
            <p>{t('published.org.no-documents')}</p>
          ) : (
            <>
              <DataTable
                caption={t('registry.detail.documents')}
                captionHidden
                columns={documentColumns(request)}
                cards
                rows={documents.rows}
                rowKey={(row) => JSON.stringify(row)}
              />
              <Pages {...pages} part="documents" from={documentsFrom} total={documents.total} shown={documents.rows.length} />
            </>
          )}
        </>
      )}
    </section>
  )
}

interface PagesProps {
  readonly request: PageRequest
  readonly address: string
  readonly part: 'budgets' | 'documents'
  readonly from: number
  readonly total: number
  readonly shown: number
}

/** Turning one list leaves the other where it is. */
function Pages({ request: { query }, address, part, from, total, shown }: PagesProps) {
  if (total <= PER_PAGE && from === 0) return null
  const hrefAt = (place: number) => {
    const next = new URLSearchParams(query)
    next.delete(part)
    if (place > 0) next.set(part, String(place))
    return `${address}?${next}#${part}`
  }
  return (
    <Pagination
      shown={shown}
      total={total}
      from={shown === 0 ? undefined : from + 1}
      previousHref={from > 0 ? hrefAt(Math.max(0, from - PER_PAGE)) : undefined}
      nextHref={from + shown < total ? hrefAt(from + shown) : undefined}
    />
  )
}

function fileColumns({ t, at, may }: PageRequest): Column<OrgPublication>[] {
  return [
    {
      key: 'file',
      label: t('published.org.file'),
      cell: ({ fileName, isWithdrawn }) => (
        <>
          <bdi>{fileName}</bdi> {isWithdrawn && <Tag tone="note">{t('published.run.withdrawn')}</Tag>}
        </>
      ),
    },
    {
      key: 'collection',
      label: t('registry.field.collection'),
      cell: ({ collection, collectionNames }) => (
        <a href={`${at('/initiatives')}?collection=${encodeURIComponent(collection)}`}>
          <LocalizedTextView value={collectionNames} />
        </a>
      ),
    },
    { key: 'identifier', label: t('registry.orgs.iati'), cell: ({ identifier }) => <bdi dir="ltr">{identifier}</bdi> },
    { key: 'stated', label: t('published.org.stated'), cell: ({ statedAt }) => statedAt && t.date(statedAt.slice(0, 10)) },
    {
      key: 'read',
      label: t('published.org.read'),
      cell: ({ readAt, runId }) =>
        may('registry.import.view') ? <a href={at(`/imports/${runId}`)}>{t.instant(readAt)}</a> : t.instant(readAt),
    },
  ]
}

function budgetColumns({ t }: PageRequest, orgs: ReadonlyMap<string, string>): Column<PublishedBudget>[] {
  return [
    { key: 'kind', label: t('published.org.kind'), cell: ({ kind }) => t(`published.org.kind.${kind}`) },
    {
      key: 'for',
      label: t('published.org.for'),
      cell: (row) => (hasRecipient(row) ? recipientOf(recipientText(t, row, orgs)) : '–'),
    },
    { key: 'when', label: t('registry.fact.when'), cell: ({ period }) => periodText(t, period) },
    {
      key: 'status',
      label: t('published.org.status'),
      cell: (row) => (row.kind === 'expenditure' ? '–' : statusText(t, row)),
    },
    { key: 'amount', label: t('registry.fact.amount'), kind: 'number', cell: ({ money }) => money && amountText(t, money) },
    {
      key: 'dollars',
      label: t('published.org.dollars'),
      kind: 'number',
      cell: ({ money, usd }) => {
        if (!money) return '–'
        return usd === null ? (
          <span class="muted">{t('published.org.no-rate')}</span>
        ) : (
          amountText(t, { amount: usd, currency: 'USD' })
        )
      },
    },
  ]
}

/** On a narrow screen a large amount breaks between currency and number, not within one of them. */
function amountText(t: PageRequest['t'], money: { readonly amount: string; readonly currency: string }): string {
  return moneyText(t, money).replaceAll('\u00a0', ' ')
}

function recipientOf(text: string | undefined) {
  return text === undefined ? <NotStated /> : <bdi>{text}</bdi>
}

function documentColumns({ t }: PageRequest): Column<PublishedDocument>[] {
  return [
    {
      key: 'document',
      label: t('published.org.document'),
      // Only addresses of the web are read as documents.
      cell: ({ url, title }) => (
        <a href={url} rel="noreferrer">
          <bdi>{title ?? url}</bdi>
        </a>
      ),
    },
    {
      key: 'category',
      label: t('published.org.category'),
      cell: ({ category }) => category && codeName('iati.DocumentCategory', category, t.lang),
    },
    { key: 'language', label: t('published.org.language'), cell: ({ language }) => language && languageName(language) },
    { key: 'date', label: t('published.org.date'), cell: ({ date }) => date && t.date(date) },
  ]
}

function languageName(code: string): string {
  return /^[a-z]{2}$/.test(code) ? ownNameOf(code) : code
}
