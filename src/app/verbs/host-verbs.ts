/** The verbs about running an installation: start, backup, restore, move, migrate, doctor. */
import type { CliCall, CliVerb } from '../../cli/command.ts'
import { requireWord } from '../../cli/command.ts'
import { backup } from '../../database/backup/backup.ts'
import { move, restore } from '../../database/backup/restore.ts'
import { doctor } from '../../database/doctor.ts'
import { migrate, schemaVersion } from '../../database/migrate.ts'
import { openDatabase } from '../../database/open-database.ts'
import { translatorFor } from '../../i18n/translator.ts'
import { Problem } from '../../kernel/problems.ts'
import { backupFolderOf } from '../nightly-work.ts'
import { startServer } from '../start.ts'
import { auditCheck } from './audit-verb.ts'
import { requireFile } from './require-file.ts'
import { settingsOf, withDatabase } from './with-database.ts'

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
      withDatabase(call, async (database) => report(call, await restore(requireFile(requireWord(call, 0, 'FILE')), database)), {
        makes: true,
      }),
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
  const { address, setup } = server
  if (call.json) call.print(JSON.stringify({ address, ...(setup === undefined ? {} : { setup }) }))
  else {
    call.say(`Sursur is ready: ${address}`)
    if (setup !== undefined) {
      call.say(`No accounts yet: whoever is at this machine is the administrator. To create the first account: ${setup}`)
    }
  }
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
      further: [(checked) => auditCheck(checked, settings.dataFolder)],
    })
    if (call.json) call.print(JSON.stringify({ checks }))
    else {
      const t = translatorFor(call.lang)
      for (const { key, text = `database.check.${key}`, status, params } of checks)
        call.say(`${status.padEnd(7)} ${t(text, { ...params, status })}`)
    }
    return checks.some(({ status }) => status === 'failed') ? 1 : 0
  })
}

function report(call: CliCall, result: object): number {
  if (call.json) call.print(JSON.stringify(result))
  else call.say(JSON.stringify(result, null, 2))
  return 0
}
