/**
 * Against which data a number was computed: a fingerprint of the listings counted, their facts included. Equal data give an equal
 * fingerprint on any machine; one changed fact of one row gives another.
 */
import { createHash } from 'node:crypto'
import { FILTER_FIELDS, type ListingColumns, valuesAt } from '../../registry/index.ts'

/** Organisations have ids of this installation, so they would tell equal data of two machines apart; `country` repeats others. */
const FIELDS = FILTER_FIELDS.filter((field) => field !== 'org' && field !== 'country')

const known = new WeakMap<ListingColumns, Map<string, string>>()

/** Columns are immutable, so a fingerprint is made once for each state of the data and each selection (`selection` names it). */
export function dataVersionOf(columns: ListingColumns, rows: Uint32Array, selection: string): string {
  const ofColumns = known.get(columns) ?? new Map<string, string>()
  known.set(columns, ofColumns)
  const found = ofColumns.get(selection)
  if (found !== undefined) return found
  const lines = Array.from(rows, (row) => {
    const facts = FIELDS.map((field) => valuesAt(columns.fields[field], row).join('|'))
    return `${columns.groupKeys[row] ?? ''}\t${facts.join('\t')}\n`
  })
  const hash = createHash('sha256')
  for (const line of lines.sort()) hash.update(line)
  const version = hash.digest('hex')
  ofColumns.set(selection, version)
  return version
}
