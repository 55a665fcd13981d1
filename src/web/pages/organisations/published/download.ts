/** All budgets that an organisation publishes, as a file. */
import { codeName } from '../../../../codes/index.ts'
import { listOrgPublications, type PublishedBudget } from '../../../../modules/registry/index.ts'
import { codedColumns, everyRow, type ListFile } from '../../../list-files.ts'
import type { PageRequest } from '../../../site.tsx'
import { recipientText } from './budget-words.ts'
import { type PublishingOrg, recipientNames } from './published-section.tsx'

const AT_ONCE = 500

export async function budgetsFile(request: PageRequest): Promise<ListFile> {
  const { t, context, actor, query } = request
  const orgId = query.get('orgId')
  const org: PublishingOrg = orgId === null ? { identifier: query.get('identifier') ?? '' } : { orgId }
  return {
    name: 'budgets',
    title: t('published.org.budgets'),
    columns: [
      { key: 'identifier', header: t('registry.orgs.iati') },
      ...codedColumns(t, 'kind', t('published.org.kind')),
      { key: 'recipient', header: t('published.org.for') },
      { key: 'recipientCode', header: t('registry.column.code-of', { column: t('published.org.for') }) },
      { key: 'start', header: t('tables.field.startDate') },
      { key: 'end', header: t('tables.field.endDate') },
      ...codedColumns(t, 'status', t('published.org.status')),
      { key: 'amount', header: t('registry.fact.amount') },
      { key: 'currency', header: t('tables.field.budgetCurrency') },
      { key: 'dollars', header: t('published.org.dollars') },
      { key: 'file', header: t('published.org.file') },
    ],
    rows: await everyRow(readPage, (row) => row),
  }

  async function readPage(cursor: string | undefined) {
    const from = Number(cursor ?? 0)
    const found = await context.operations.run(listOrgPublications, { ...org, budgetsFrom: from, limit: AT_ONCE }, actor)
    const { publications, budgets } = found
    const names = await recipientNames(request, budgets.rows)
    const publicationOf = new Map(publications.map((publication) => [publication.id, publication]))
    const next = from + budgets.rows.length
    return {
      rows: budgets.rows.map((row) => ({ ...cellsOf(row, names), ...sourceOf(row) })),
      next: budgets.rows.length > 0 && next < budgets.total ? String(next) : null,
    }

    function sourceOf({ publicationId }: PublishedBudget) {
      const publication = publicationOf.get(publicationId)
      return { identifier: publication?.identifier, file: publication?.fileName }
    }
  }

  function cellsOf(row: PublishedBudget, names: ReadonlyMap<string, string>) {
    const { kind, recipient, period, status, money, usd } = row
    return {
      kind: t(`published.org.kind.${kind}`),
      kindCode: kind,
      recipient: recipientText(t, row, names),
      recipientCode: recipient?.iso3 ?? recipient?.region?.code ?? recipient?.ref,
      start: period?.start,
      end: period?.end,
      status: status === undefined ? undefined : codeName('iati.BudgetStatus', status, t.lang),
      statusCode: status,
      amount: money?.amount,
      currency: money?.currency,
      dollars: usd,
    }
  }
}
