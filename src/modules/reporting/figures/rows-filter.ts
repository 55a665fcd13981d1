/** The filter of the list of initiatives that shows the rows behind a figure. */
import type { FilterField, ListingFilter } from '../../registry/index.ts'
import type { FigureDefinition } from './figure-definitions.ts'

/**
 * The reader's filter and that of the definition together. Both may name the same field; a list holds alternatives of one field, so
 * then the narrower set stands when it lies within the other. Null when neither does: no list says "any of these and any of those".
 */
export function filterOfRowsBehind(filter: ListingFilter, rowsFilter: FigureDefinition['rowsFilter']): ListingFilter | null {
  const values: Partial<Record<FilterField, readonly string[]>> = { ...filter.values }
  for (const [name, wanted] of Object.entries(rowsFilter)) {
    const field = name as FilterField
    const given = values[field]
    if (given === undefined || wanted.every((value) => given.includes(value))) values[field] = [...wanted].sort()
    else if (!given.every((value) => wanted.includes(value))) return null
  }
  return { ...filter, values }
}
