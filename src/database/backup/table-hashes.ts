/**
 * Do two databases hold the same rows? Per table the number of rows and a hash that does not depend on their order,
 * equal on both engines. Generated columns are left out: they follow from the others.
 *
 * MD5 of each row, summed as two numbers of 64 bits. It finds what was lost, doubled or changed by mistake; against
 * somebody who wants to deceive, the backup file carries SHA-256.
 */
import { type Database, type Db, sql } from '../db.ts'
import { listProductTables, type ProductTable } from './product-tables.ts'

export interface TableHash {
  readonly table: string
  readonly rows: number
  readonly hash: string
}

/** All tables in one snapshot, by name. */
export async function tableHashes(database: Database): Promise<TableHash[]> {
  return database.transaction(async (tx) => hashTables(tx, await listProductTables(tx)), {
    isolation: 'repeatable read',
    readOnly: true,
    limitSeconds: 'none',
  })
}

export async function hashTables(db: Db, tables: readonly ProductTable[]): Promise<TableHash[]> {
  const hashes: TableHash[] = []
  for (const table of tables) hashes.push(await hashTable(db, table))
  return hashes
}

export async function hashTable(db: Db, { name, columns }: ProductTable): Promise<TableHash> {
  const values = columns.length === 0 ? sql`null` : sql.join(columns.map((column) => sql`${sql.ref(column.name)}::text`))
  return db.one<TableHash>(sql`
    with hashed as (
      select md5(array[${values}]::text) as hash from ${sql.table(name)}
    )
    select ${name}::text as table,
           count(*) as rows,
           concat_ws('-',
             coalesce(sum(('x' || left(hash, 16))::bit(64)::bigint::numeric), 0),
             coalesce(sum(('x' || right(hash, 16))::bit(64)::bigint::numeric), 0)) as hash
    from hashed
  `)
}

/** The name of the first table that differs or is missing on one side. */
export function firstDifference(left: readonly TableHash[], right: readonly TableHash[]): string | undefined {
  const byTable = new Map(right.map((entry) => [entry.table, entry]))
  for (const entry of left) {
    const other = byTable.get(entry.table)
    if (other?.hash !== entry.hash || other.rows !== entry.rows) return entry.table
  }
  return right.find(({ table }) => !left.some((entry) => entry.table === table))?.table
}
