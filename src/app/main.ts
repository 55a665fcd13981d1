/** The command `sursur`: joins the verbs of the command line with those about running an installation. */

import type { CliProgram } from '../cli/command.ts'
import { runCli } from '../cli/run-cli.ts'
import { operationVerbs } from '../cli/verbs/operations.ts'
import { cliVerbs } from '../cli/verbs.ts'
import { readLocalesFrom } from '../i18n/languages.ts'
import { createReleaseDesk } from '../jobs/releases/release-desk.ts'
import { fetchSettings } from './fetch-settings.ts'
import { openApp } from './open-app.ts'
import { PUBLIC_OPERATIONS } from './public-operations.ts'
import { loadReleaseSigner } from './release-key.ts'
import { localesFolderOf, readSettings } from './settings.ts'
import { auditVerb } from './verbs/audit-verb.ts'
import { hostVerbs } from './verbs/host-verbs.ts'
import { userVerbs } from './verbs/user-verbs.ts'

export const ALL_VERBS = [...hostVerbs, auditVerb, ...userVerbs, ...cliVerbs, ...operationVerbs(PUBLIC_OPERATIONS)]

export async function main(words: readonly string[]): Promise<number> {
  const locales = localesFolderOf()
  if (locales !== undefined) readLocalesFrom(locales)
  const dataAt = words.indexOf('--data')
  const dataFolder = dataAt < 0 ? undefined : words[dataAt + 1]
  const program: CliProgram = {
    async open() {
      const settings = readSettings(dataFolder === undefined ? {} : { dataFolder })
      // Who names a folder means it, even where DATABASE_URL is set.
      const app = await openApp(dataFolder === undefined ? settings : { ...settings, databaseUrl: undefined })
      return {
        operations: app.operations,
        filesFolder: settings.dataFolder,
        fetching: fetchSettings(settings),
        releases: createReleaseDesk(app.operations, settings.instanceName, loadReleaseSigner(settings)),
        close: () => app.close(),
      }
    },
  }
  return runCli(words, ALL_VERBS, program, {
    print: (line) => process.stdout.write(`${line}\n`),
    say: (line) => process.stderr.write(`${line}\n`),
  })
}
