/** What a backup has to know about the tables: read from the database itself, so that no list can grow stale. */
import { type Db, sql } from '../db.ts'

export interface ProductColumn {
  readonly name: string
  /** As `create table` would say it, for example `numeric(12,2)` or `text[]`. */
  readonly type: string
}

export interface ProductTable {
  readonly name: string
  /** Without generated columns: those are computed again from the others. */
  readonly columns: readonly ProductColumn[]
  readonly primaryKey: readonly string[]
}

export interface Sequence {
  readonly name: string
  /** Null: never used. */
  readonly lastValue: string | null
}

/** The record of migrations is not data: the restored database writes its own. */
const NOT_DATA = 'schema_migrations'

/** The tables of schema public by name, without those of extensions. */
export async function listProductTables(db: Db): Promise<ProductTable[]> {
  const rows = await db.many<{ name: string; columns: ProductColumn[]; primaryKey: string[] }>(sql`
    with tables as (
      select pg_class.oid, pg_class.relname as name
      from pg_class
      join pg_namespace on pg_namespace.oid = pg_class.relnamespace
      where pg_namespace.nspname = 'public'
        and pg_class.relkind = 'r'
        and pg_class.relname <> ${NOT_DATA}
        and not exists (
          select 1 from pg_depend
          where pg_depend.classid = 'pg_class'::regclass
            and pg_depend.objid = pg_class.oid
            and pg_depend.deptype = 'e'
        )
    ),
    columns as (
      select attrelid,
             json_agg(json_build_object('name', attname, 'type', format_type(atttypid, atttypmod)) order by attname collate "C") as columns
      from pg_attribute
      where attnum > 0 and not attisdropped and attgenerated = ''
      group by attrelid
    ),
    keys as (
      select indrelid, json_agg(pg_attribute.attname order by position.number) as columns
      from pg_index
      cross join lateral unnest(indkey) with ordinality as position (attnum, number)
      join pg_attribute on pg_attribute.attrelid = indrelid and pg_attribute.attnum = position.attnum
      where indisprimary
      group by indrelid
    )
    select tables.name,
           coalesce(columns.columns, '[]'::json) as columns,
           coalesce(keys.columns, '[]'::json) as "primaryKey"
    from tables
    left join columns on columns.attrelid = tables.oid
    left join keys on keys.indrelid = tables.oid
    order by tables.name collate "C"
  `)
  return rows
}

export async function listSequences(db: Db): Promise<Sequence[]> {
  return db.many<Sequence>(sql`
    select sequencename as name, last_value::text as "lastValue"
    from pg_sequences
    where schemaname = 'public'
    order by sequencename collate "C"
  `)
}

/** The first table that holds a row, if any. */
export async function firstTableWithRows(db: Db, tables: readonly ProductTable[]): Promise<string | undefined> {
  for (const { name } of tables) {
    const { found } = await db.one<{ found: boolean }>(sql`select exists (select 1 from ${sql.table(name)}) as found`)
    if (found) return name
  }
  return undefined
}
