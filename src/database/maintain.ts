/** Housekeeping that a server does by itself: the embedded engine has no background process for it. */
import { listProductTables } from './backup/product-tables.ts'
import { type Database, sql } from './db.ts'

/**
 * Gives space of deleted rows free again and brings the planner's figures up to date; call it after a large import and
 * once a night. On a server only the figures are renewed. One statement a table, so that none holds the engine for long.
 */
export async function maintain(database: Database): Promise<void> {
  const tables = await listProductTables(database)
  for (const { name } of tables) {
    await database.run(
      database.engine === 'embedded' ? sql`vacuum (analyze) ${sql.table(name)}` : sql`analyze ${sql.table(name)}`,
    )
  }
}
