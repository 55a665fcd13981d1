/** The columns of the list as cells on the screen. */

import { LISTING_COLUMNS, type ListingColumn } from '../../../../jobs/exports/listing-cells.ts'
import { type ListedInitiative, NOT_STATED } from '../../../../modules/registry/index.ts'
import { type Column, LocalizedTextView, NotStated } from '../../../components/index.ts'
import type { PageRequest } from '../../../site.tsx'
import { type ListQuery, listAddress } from './list-address.ts'

/** Names shown in one cell; a project with thirty partner countries says how many more there are. */
const SHOWN_NAMES = 3

/**
 * Five columns, for want of room in six languages: the year stands under the title, the types of partner under the countries,
 * the scale above the type of cooperation. Downloads give each its own.
 */
export function columnsOnScreen(request: PageRequest, query: ListQuery): Column<ListedInitiative>[] {
  const { t, at } = request
  const names = (key: string) => (row: ListedInitiative) => namesCell(request, columnOf(key), row)
  const plain = (key: string) => ({ key, label: t(columnOf(key).header), cell: names(key) })
  return [
    {
      key: 'title',
      label: t('registry.column.title'),
      rowHeader: true,
      sortHref: listAddress(at('/initiatives'), { ...query, sort: query.sort === 'title' ? 'listed' : 'title' }),
      sorted: query.sort === 'title' ? 'ascending' : undefined,
      cell: (row) => <TitleCell request={request} row={row} />,
    },
    plain('host'),
    {
      key: 'partners',
      label: t('registry.column.partners'),
      cell: (row) => (
        <>
          {names('partner')(row) ?? <NotStated />}
          <br />
          <span class="muted">{names('partnerType')(row) ?? <NotStated />}</span>
        </>
      ),
    },
    plain('role'),
    {
      key: 'kind',
      label: t('registry.column.scale-and-type'),
      cell: (row) => (
        <>
          {names('scale')(row) ?? <NotStated />}
          <br />
          {names('cooperation')(row)}
        </>
      ),
    },
  ]
}

function columnOf(key: string): ListingColumn {
  const found = LISTING_COLUMNS.find((column) => column.key === key)
  if (!found) throw new Error(`The list has no column ${key}`)
  return found
}

/** A row without a title is known by its identifier; that it has no title is said. */
function TitleCell({ request: { at, t }, row }: { readonly request: PageRequest; readonly row: ListedInitiative }) {
  const href = at(`/initiatives/${row.initiativeId}`)
  const identifier = row.identifier ?? t('registry.detail.untitled', { id: row.initiativeId.slice(-6) })
  return (
    <>
      <a href={href}>{row.title ? <LocalizedTextView value={row.title} /> : <bdi>{identifier}</bdi>}</a>
      <br />
      <span class="muted">
        {row.title ? <bdi>{row.identifier}</bdi> : t('registry.list.no-title')} {row.year}
      </span>
    </>
  )
}

function namesCell({ t }: PageRequest, column: ListingColumn, row: ListedInitiative): string | undefined {
  const names = column.names(row, t).filter((name) => name !== NOT_STATED)
  if (names.length === 0) return undefined
  if (names.length <= SHOWN_NAMES + 1) return t.list(names)
  const more = names.length - SHOWN_NAMES
  return t('registry.list.and-more', {
    names: names.slice(0, SHOWN_NAMES).join(t('registry.separator')),
    count: more,
    shown: t.number(more),
  })
}
