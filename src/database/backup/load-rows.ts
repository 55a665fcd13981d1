/**
 * Writes rows into the empty tables of a database, in one transaction: all or nothing.
 *
 * Foreign keys are taken off and put on again at the end, which checks every row and needs no order of the tables; triggers
 * rest meanwhile, because what they did is part of the rows already.
 */
import { type Db, type Sql, sql } from '../db.ts'
import type { ProductTable, Sequence } from './product-tables.ts'

interface RestingConstraint {
  readonly table: string
  readonly name: string
  readonly definition: string
}

interface TableItem {
  readonly table: string
  readonly name: string
}

/** Runs `load` while nothing but plain constraints stands in the way; puts everything back before it returns. */
export async function withoutForeignKeys<T>(tx: Db, load: () => Promise<T>): Promise<T> {
  const constraints = await listForeignKeys(tx)
  const triggers = await listTriggers(tx)
  const forced = await listForcedRowSecurity(tx)
  for (const { table, name } of constraints) await tx.run(sql`alter table ${sql.table(table)} drop constraint ${sql.ref(name)}`)
  for (const { table, name } of triggers) await tx.run(sql`alter table ${sql.table(table)} disable trigger ${sql.ref(name)}`)
  for (const { table } of forced) await tx.run(sql`alter table ${sql.table(table)} no force row level security`)

  const result = await load()

  for (const { table, name, definition } of constraints) {
    await tx.run(sql`alter table ${sql.table(table)} add constraint ${sql.ref(name)} ${sql.raw(definition)}`)
  }
  for (const { table, name } of triggers) await tx.run(sql`alter table ${sql.table(table)} enable trigger ${sql.ref(name)}`)
  for (const { table } of forced) await tx.run(sql`alter table ${sql.table(table)} force row level security`)
  return result
}

/** Inserts rows given as JSON arrays of texts, in the order of the table's columns. */
export async function loadLines(tx: Db, { name, columns }: ProductTable, lines: readonly string[]): Promise<void> {
  if (columns.length === 0 || lines.length === 0) return
  const rows = lines.map((line) => JSON.parse(line) as (string | null)[])
  const names = columns.map((column) => sql.ref(column.name))
  const values: Sql[] = columns.map((column) => sql`given.${sql.ref(column.name)}::${sql.raw(column.type)}`)
  const arrays = columns.map((_, index) => sql`${rows.map((row) => row[index] ?? null)}::text[]`)
  await tx.run(sql`
    insert into ${sql.table(name)} (${sql.join(names)})
    overriding system value
    select ${sql.join(values)}
    from unnest(${sql.join(arrays)}) as given (${sql.join(names)})
  `)
}

/** The next number that a sequence gives continues where the copied database stood. */
export async function setSequences(tx: Db, sequences: readonly Sequence[]): Promise<void> {
  for (const { name, lastValue } of sequences) {
    if (lastValue !== null) await tx.run(sql`select setval(format('public.%I', ${name}::text)::regclass, ${lastValue}::bigint)`)
  }
}

async function listForeignKeys(tx: Db): Promise<RestingConstraint[]> {
  return tx.many<RestingConstraint>(sql`
    select pg_class.relname as table, conname as name, pg_get_constraintdef(pg_constraint.oid) as definition
    from pg_constraint
    join pg_class on pg_class.oid = conrelid
    where pg_constraint.connamespace = 'public'::regnamespace
      and contype = 'f'
      and conparentid = 0
    order by pg_class.relname, conname
  `)
}

async function listTriggers(tx: Db): Promise<TableItem[]> {
  return tx.many<TableItem>(sql`
    select pg_class.relname as table, tgname as name
    from pg_trigger
    join pg_class on pg_class.oid = tgrelid
    where pg_class.relnamespace = 'public'::regnamespace
      and not tgisinternal
      and tgenabled = 'O'
    order by pg_class.relname, tgname
  `)
}

async function listForcedRowSecurity(tx: Db): Promise<TableItem[]> {
  return tx.many<TableItem>(sql`
    select relname as table, relname as name
    from pg_class
    where relnamespace = 'public'::regnamespace
      and relforcerowsecurity
    order by relname
  `)
}
