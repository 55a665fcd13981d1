/** The verbs about running an installation: start, backup, restore, move, migrate, doctor. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { CliCall, CliVerb } from '../../cli/command.ts'
import { requireWord } from '../../cli/command.ts'
import { backup } from '../../database/backup/backup.ts'
import { move, restore } from '../../database/backup/restore.ts'
import type { Database } from '../../database/db.ts'
import { doctor } from '../../database/doctor.ts'
import { migrate, schemaVersion } from '../../database/migrate.ts'
import { CLUSTER_FOLDER, openDatabase } from '../../database/open-database.ts'
import { translatorFor } from '../../i18n/translator.ts'
import { Problem } from '../../kernel/problems.ts'
import { backupFolderOf } from '../nightly-work.ts'
import { readSettings, type Settings } from '../settings.ts'
import { startServer } from '../start.ts'

export const hostVerbs: readonly CliVerb[] = [
  {
    name: 'start',
    takes: '[--port N] [--host ADDRESS] [--no-jobs]',
    meaning: 'Serves the site and the API until it is stopped. The first start loads the sample data.',
    options: [
      { name: 'port', value: 'N', meaning: 'Port to listen on (default 8080; 0 takes a free one).' },
      { name: 'host', value: 'ADDRESS', meaning: 'Address to listen on (default 127.0.0.1).' },
      { name: 'no-jobs', meaning: 'Leaves nightly work to another process.' },
    ],
    run: start,
  },
  {
    name: 'backup',
    takes: 'FILE',
    meaning: 'Writes everything into one file, from one consistent moment.',
    options: [],
    run: (call) => withDatabase(call, async (database) => report(call, await backup(database, requireWord(call, 0, 'FILE')))),
  },
  {
    name: 'restore',
    takes: 'FILE',
    meaning: 'Puts a backup into an empty data folder or database, proven equal by the hash of each table.',
    options: [],
    run: (call) =>
      withDatabase(call, async (database) => report(call, await restore(requireFile(call), database)), { makes: true }),
  },
  {
    name: 'move',
    takes: '--to URL',
    meaning: 'Copies everything into an empty PostgreSQL database and proves it equal; the source stays as it is.',
    options: [{ name: 'to', value: 'URL', meaning: 'postgres:// address of the empty database.' }],
    run: moveTo,
  },
  {
    name: 'migrate',
    takes: '',
    meaning: 'Brings the database to the schema of this program; start does it too.',
    options: [],
    run: (call) =>
      withDatabase(call, async (database) => {
        await migrate(database)
        return report(call, { schemaVersion: await schemaVersion(database) })
      }),
  },
  {
    name: 'doctor',
    takes: '',
    meaning: 'Checks the database, the disk and the backups, and says what to do.',
    options: [],
    run: examine,
  },
]

async function start(call: CliCall): Promise<number> {
  const settings = settingsOf(call)
  const server = await startServer(settings, { jobs: !call.flag('no-jobs'), say: call.say })
  if (call.json) call.print(JSON.stringify({ address: server.address }))
  else call.say(`Sursur is ready: ${server.address}`)
  await untilStopped()
  await server.close()
  return 0
}

function untilStopped(): Promise<void> {
  return new Promise((stop) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop())
  })
}

async function moveTo(call: CliCall): Promise<number> {
  const url = call.option('to')
  if (url === undefined) throw new Problem('cli.value-missing', { option: '--to', accepted: 'URL' })
  return withDatabase(call, async (source) => {
    const target = await openDatabase({ url })
    try {
      return report(call, await move(source, target))
    } finally {
      await target.close()
    }
  })
}

async function examine(call: CliCall): Promise<number> {
  const settings = settingsOf(call)
  return withDatabase(call, async (database) => {
    const embedded = settings.databaseUrl === undefined
    const checks = await doctor(database, {
      ...(embedded ? { dataFolder: settings.dataFolder } : {}),
      ...(settings.nightlyBackups === 0 ? {} : { backupFolder: backupFolderOf(settings.dataFolder) }),
      now: new Date(),
    })
    if (call.json) call.print(JSON.stringify({ checks }))
    else {
      const t = translatorFor(call.lang)
      for (const { key, status, params } of checks)
        call.say(`${status.padEnd(7)} ${t(`database.check.${key}`, { ...params, status })}`)
    }
    return checks.some(({ status }) => status === 'failed') ? 1 : 0
  })
}

export function settingsOf(call: Pick<CliCall, 'option'>): Settings {
  const [dataFolder, port, host] = [call.option('data'), call.option('port'), call.option('host')]
  return readSettings({
    ...(dataFolder === undefined ? {} : { dataFolder }),
    ...(port === undefined ? {} : { port }),
    ...(host === undefined ? {} : { host }),
  })
}

/** `--data DIR` wins over DATABASE_URL: who names a folder means it. */
async function withDatabase(
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
  const database = await openDatabase(inFolder ? { dataFolder: settings.dataFolder } : { url: settings.databaseUrl ?? '' })
  try {
    return await work(database)
  } finally {
    await database.close()
  }
}

function requireFile(call: CliCall): string {
  const file = requireWord(call, 0, 'FILE')
  if (!existsSync(file)) throw new Problem('cli.file-missing', { file })
  return file
}

function report(call: CliCall, result: object): number {
  if (call.json) call.print(JSON.stringify(result))
  else call.say(JSON.stringify(result, null, 2))
  return 0
}
