/**
 * What a row is known by: its identifier or, where the table has none, the number that its source or its award gives it.
 *
 * Numbers of a source or an award may stand in several rows of one year: one award has several entries in a list. Such a number names
 * none of them; the rows are then known by what they say. Whether a number is shared must not depend on which row comes first or on
 * how the rows are cut into batches, else the same file read again would name its rows otherwise. So the names of the whole file are
 * read ahead, once, when the first row without an identifier is met; a file with identifiers is never read twice.
 */
import {
  type ListedRow,
  type ListedRowResult,
  readListedRows,
  type TableFile,
  type TableMapping,
} from '../../interop/tables/index.ts'
import type { ProblemParams, ProblemPlace, ProblemReport } from '../../kernel/problems.ts'

interface RowName {
  readonly text: string
  readonly field: 'identifier' | 'sourceId' | 'awardId'
}

const NAMING_FIELDS = ['identifier', 'sourceId', 'awardId'] as const

export function nameOfRow(row: ListedRow): RowName | undefined {
  for (const field of NAMING_FIELDS) {
    const text = row[field]
    if (text !== undefined) return { text, field }
  }
  return undefined
}

/** A name counts within its year: a second year of one identifier is the same initiative, listed again. */
function nameInYear({ text }: RowName, row: ListedRow): string {
  return `${text}\u0000${row.listYear ?? ''}`
}

/** Names with their years that more than one row of the file has, over all sheets. */
async function sharedNames(
  file: TableFile,
  mappings: readonly TableMapping[],
  signal: AbortSignal | undefined,
): Promise<ReadonlySet<string>> {
  const seen = new Set<string>()
  const shared = new Set<string>()
  for (const mapping of mappings) {
    for await (const { status, values } of readListedRows(file, onlyNames(mapping))) {
      signal?.throwIfAborted()
      const name = nameOfRow(values)
      if (!name || status === 'rejected') continue
      const key = nameInYear(name, values)
      if (seen.has(key)) shared.add(key)
      seen.add(key)
    }
  }
  return shared
}

/** The title stays: it tells a row of data from a total or a remark. The other columns need not be understood here. */
const READ_AHEAD: ReadonlySet<string> = new Set([...NAMING_FIELDS, 'listYear', 'title'])

function onlyNames(mapping: TableMapping): TableMapping {
  const columns = mapping.columns.map((column) => (READ_AHEAD.has(column.field) ? column : { ...column, field: 'kept' as const }))
  return { ...mapping, columns }
}

export interface NameJudgement {
  /** Null: the row is known by what it says. */
  readonly identifier: string | null
  /** An earlier sheet has the identifier for the same year; within a sheet the reader of tables has seen to it. */
  readonly isRepeated: boolean
  readonly problems: readonly ProblemReport[]
}

/** Sees to it that no row of a file silently takes the place of another one. One judge serves one run. */
export function createNameJudge(file: TableFile, mappings: readonly TableMapping[], signal: AbortSignal | undefined) {
  const firstPlaces = new Map<string, { sheet: string; firstRow: number }>()
  let shared: ReadonlySet<string> | undefined

  return async ({ values, row }: ListedRowResult, { sheet, columns }: TableMapping): Promise<NameJudgement> => {
    const name = nameOfRow(values)
    if (!name) return { identifier: null, isRepeated: false, problems: [] }
    const key = nameInYear(name, values)
    const column = columns.find(({ field }) => field === name.field)?.header
    const report = (code: string, level: 'error' | 'warning', params: ProblemParams): ProblemReport => {
      const place: ProblemPlace = { file: file.fileName, ...(sheet === '' ? {} : { sheet }), row }
      return { code, params, place: column === undefined ? place : { ...place, column }, level }
    }
    if (name.field === 'identifier') {
      const first = firstPlaces.get(key)
      if (!first) firstPlaces.set(key, { sheet, firstRow: row })
      const problems = first ? [report('registry.row-repeated', 'error', { identifier: name.text, ...first })] : []
      return { identifier: name.text, isRepeated: first !== undefined, problems }
    }
    shared ??= await sharedNames(file, mappings, signal)
    if (!shared.has(key)) return { identifier: name.text, isRepeated: false, problems: [] }
    return { identifier: null, isRepeated: false, problems: [report('registry.number-shared', 'warning', { number: name.text })] }
  }
}
