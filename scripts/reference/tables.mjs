/**
 * docs/reference/tables.md: every table and column with its description, read from the comments of a freshly migrated
 * embedded database. A table or column without a comment stops the generator: the page would be silent about it.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadBuilt } from './built-program.mjs'
import { markdownTable, page } from './markdown.mjs'

export async function generateTables() {
  const [opener, migrator, tag] = await Promise.all([
    loadBuilt('database/open-database.js'),
    loadBuilt('database/migrate.js'),
    loadBuilt('database/db.js'),
  ])
  if (!opener || !migrator || !tag) return undefined
  const folder = mkdtempSync(join(tmpdir(), 'sursur-tables-'))
  const database = await opener.openDatabase({ dataFolder: folder })
  try {
    await migrator.migrate(database)
    return describeTables(await readColumns(database, tag.sql))
  } finally {
    await database.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

function readColumns(database, sql) {
  return database.many(sql`
    select relation.relname as "table",
           case relation.relkind when 'v' then 'view' when 'm' then 'view' else 'table' end as kind,
           obj_description(relation.oid, 'pg_class') as "tableSays",
           attribute.attname as "column",
           format_type(attribute.atttypid, attribute.atttypmod) as type,
           attribute.attnotnull as required,
           col_description(relation.oid, attribute.attnum) as says,
           (select string_agg(target.relname, ', ' order by target.relname)
              from pg_constraint as rule
              join pg_class as target on target.oid = rule.confrelid
             where rule.conrelid = relation.oid and rule.contype = 'f' and attribute.attnum = any (rule.conkey)) as "pointsTo"
      from pg_class as relation
      join pg_namespace as namespace on namespace.oid = relation.relnamespace
      join pg_attribute as attribute on attribute.attrelid = relation.oid
     where namespace.nspname = 'public'
       and relation.relkind in ('r', 'p', 'v', 'm')
       and relation.relname <> 'schema_migrations' -- the migrator's own bookkeeping
       and attribute.attnum > 0
       and not attribute.attisdropped
     order by relation.relname, attribute.attnum
  `)
}

function describeTables(columns) {
  const silent = columns.filter((column) => !column.says || !column.tableSays)
  if (silent.length > 0) {
    const names = silent.map((column) => (column.tableSays ? `${column.table}.${column.column}` : column.table))
    throw new Error(`No comment in the migrations for: ${[...new Set(names)].join(', ')}. Add "comment on ..." there.`)
  }
  const tables = Map.groupBy(columns, (column) => column.table)
  const sections = [...tables].map(([name, rows]) =>
    [
      `## ${name}`,
      `${rows[0].kind === 'view' ? 'View. ' : ''}${rows[0].tableSays}`,
      markdownTable(
        ['column', 'type', 'required', 'points to', 'what it says'],
        rows.map((row) => [`\`${row.column}\``, row.type, row.required ? 'yes' : '', row.pointsTo, row.says]),
      ),
    ].join('\n\n'),
  )
  return page(
    'Tables',
    'Read from the database itself, the same on both engines. Partner programs should use the API or the exports; tables may change between releases.',
    sections,
  )
}
