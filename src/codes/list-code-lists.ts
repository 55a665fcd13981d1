/** What is shipped and where it comes from, for the page of code lists and the generated reference page. */
import { listCodes } from './code-lists.ts'
import { headerOf, listTables, rowsOf } from './data-table.ts'

export interface CodeListEntry {
  /** Name of the table, or key of the closed list. */
  readonly key: string
  readonly kind: 'table' | 'closed-list'
  /** Text key of the title in six languages. */
  readonly titleKey: string
  readonly rows: number
  readonly version: string
  /** Partial date of the contents. */
  readonly date: string
  readonly source: string
  readonly licence: string
}

const CLOSED_LISTS = 'closed-lists'

/** All tables, and each closed list of the domain model as an entry of its own. */
export function listCodeLists(): CodeListEntry[] {
  const tables = listTables().filter((table) => table !== CLOSED_LISTS)
  const closed = [...new Set(rowsOf(CLOSED_LISTS, ['list']).map((row) => row.list))]
  return [
    ...tables.map((table) => ({ key: table, kind: 'table' as const, titleKey: `codes.list.${table}`, ...headerOf(table) })),
    ...closed.map((list) => ({
      key: list,
      kind: 'closed-list' as const,
      titleKey: `codes.list.${list}`,
      ...headerOf(CLOSED_LISTS),
      rows: listCodes(list).length,
    })),
  ]
}
