/** Reads a table row by row without holding it in memory, inside a transaction whose snapshot stays the same. */
import { type Db, sql } from '../db.ts'
import type { ProductTable } from './product-tables.ts'

const ROWS_PER_FETCH = 1_000

/**
 * Each row as a line of JSON: an array of the columns' texts, or null. Text is exact for every type: no digit of a numeric
 * and no microsecond is lost. Ordered by the primary key, so that the same data give the same file.
 */
export async function* readRowLines(tx: Db, { name, columns, primaryKey }: ProductTable): AsyncGenerator<string[]> {
  const values = sql.join(columns.map((column) => sql`${sql.ref(column.name)}::text`))
  const order = primaryKey.length === 0 ? sql`` : sql`order by ${sql.join(primaryKey.map((column) => sql.ref(column)))}`
  await tx.run(sql`
    declare reading no scroll cursor for
    select to_json(array[${values}]::text[])::text as line from ${sql.table(name)} ${order}
  `)
  for (;;) {
    const rows = await tx.many<{ line: string }>(sql`fetch forward ${sql.lit(ROWS_PER_FETCH)} from reading`)
    if (rows.length > 0) yield rows.map(({ line }) => line)
    if (rows.length < ROWS_PER_FETCH) break
  }
  await tx.run(sql`close reading`)
}
