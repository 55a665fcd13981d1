/**
 * Opens everything that a start, a worker and a command need: the database, its schema, the operations, what the product ships.
 * The one place where the rooms are joined.
 */

import type { Database } from '../database/db.ts'
import { migrate } from '../database/migrate.ts'
import { openDatabase } from '../database/open-database.ts'
import { admitToProgramRole } from '../database/program-role.ts'
import { systemClock } from '../kernel/clock.ts'
import { auditWriter, commandAnswers, policy } from '../modules/access/index.ts'
import { loadShippedOrgs } from '../modules/directory/index.ts'
import { closeInterruptedRuns, ensureInstance } from '../modules/registry/index.ts'
import { loadShippedSources } from '../modules/sources/index.ts'
import { createOperations, type Operations, PROGRAM, type RepeatableOperations } from '../operations/index.ts'
import { anchorAuditHead } from './audit-anchor.ts'
import type { Settings } from './settings.ts'

export interface App {
  readonly settings: Settings
  readonly database: Database
  /** As the role that owns the tables: migrates, backs up, looks at the whole audit trail. The same where there is only one role. */
  readonly admin: Database
  readonly operations: RepeatableOperations
  close(): Promise<void>
}

export async function openApp(settings: Settings): Promise<App> {
  const { admin, database } = await openDatabases(settings)
  const closeDatabases = async () => {
    await database.close()
    if (admin !== database) await admin.close()
  }
  try {
    await migrate(admin)
    await admitToProgramRole(database, admin)
    const anchoring = anchorAuditHead(admin, settings.dataFolder)
    const operations = createOperations({
      database,
      clock: systemClock,
      policy,
      audit: auditWriter,
      answers: commandAnswers,
    })
    await prepare(database, operations)
    const close = async () => {
      await anchoring.close()
      await closeDatabases()
    }
    return { settings, database, admin, operations, close }
  } catch (error) {
    await closeDatabases()
    throw error
  }
}

/** Two roles on a server that is set up so: the one that owns the tables, and one that can only read and write rows. */
async function openDatabases(settings: Settings): Promise<{ admin: Database; database: Database }> {
  const { databaseUrl, databaseAdminUrl, dataFolder } = settings
  if (databaseUrl === undefined) {
    const database = await openDatabase({ dataFolder })
    return { admin: database, database }
  }
  const admin = await openDatabase({
    url: databaseAdminUrl ?? databaseUrl,
    ...(databaseAdminUrl === undefined ? {} : { poolSize: 2 }),
  })
  if (databaseAdminUrl === undefined) return { admin, database: admin }
  try {
    return { admin, database: await openDatabase({ url: databaseUrl }) }
  } catch (error) {
    await admin.close()
    throw error
  }
}

/** What the product ships, and what a crash left behind. The owner of the folder does it; a guest finds it done. */
async function prepare(database: Database, operations: Operations): Promise<void> {
  if (!database.owner) return
  await operations.run(closeInterruptedRuns, { all: database.engine === 'embedded' }, PROGRAM)
  await operations.run(ensureInstance, {}, PROGRAM)
  await operations.run(loadShippedOrgs, {}, PROGRAM)
  await operations.run(loadShippedSources, {}, PROGRAM)
}
