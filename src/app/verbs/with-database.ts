/** What the verbs about an installation begin with: its settings and its database, which is closed again whatever happens. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { CliCall } from '../../cli/command.ts'
import type { Database } from '../../database/db.ts'
import { CLUSTER_FOLDER, openDatabase } from '../../database/open-database.ts'
import { Problem } from '../../kernel/problems.ts'
import { readSettings, type Settings } from '../settings.ts'

export function settingsOf(call: Pick<CliCall, 'option'>): Settings {
  const [dataFolder, port, host] = [call.option('data'), call.option('port'), call.option('host')]
  return readSettings({
    ...(dataFolder === undefined ? {} : { dataFolder }),
    ...(port === undefined ? {} : { port }),
    ...(host === undefined ? {} : { host }),
  })
}

/** `--data DIR` wins over DATABASE_URL: who names a folder means it. */
export async function withDatabase(
  call: CliCall,
  work: (database: Database) => Promise<number>,
  { makes = false }: { makes?: boolean } = {},
): Promise<number> {
  const settings = settingsOf(call)
  const inFolder = call.option('data') !== undefined || settings.databaseUrl === undefined
  // A mistyped folder must not become an empty database that is then found to be in order.
  if (inFolder && !makes && !existsSync(join(settings.dataFolder, CLUSTER_FOLDER))) {
    throw new Problem('app.data-folder-missing', { folder: settings.dataFolder })
  }
  const database = await openDatabase(
    inFolder ? { dataFolder: settings.dataFolder } : { url: settings.databaseAdminUrl ?? settings.databaseUrl ?? '' },
  )
  try {
    return await work(database)
  } finally {
    await database.close()
  }
}
