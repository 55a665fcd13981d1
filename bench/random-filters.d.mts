/** Types of `random-filters.mjs`, for tests. */
export interface RandomFilter {
  readonly values: Readonly<Record<string, string[]>>
  readonly search?: string
}
export function randomFilters(count: number, rows: number, seed: number): RandomFilter[]
export function queryOf(filter: RandomFilter, portfolio: string): string
export function countingSql(filter: RandomFilter, portfolio: string): { text: string; values: unknown[] }
