/** `sursur user add` and `sursur user link`: accounts by the administrator at the machine, also where no mail is set up. */
import { type CliCall, type CliVerb, requireWord } from '../../cli/command.ts'
import { translatorFor } from '../../i18n/translator.ts'
import type { AccountDesk, GrantInput } from '../../jobs/accounts/account-desk.ts'
import { Problem } from '../../kernel/problems.ts'
import { type AccountLanguage, GIVEN_ROLES, listUsers, SCOPES } from '../../modules/access/index.ts'
import { LOCAL_ADMINISTRATOR, type Operations } from '../../operations/index.ts'
import { loadInstanceKey, requireInstanceKey } from '../instance-key.ts'
import { joinAccounts } from '../join-accounts.ts'
import { openApp } from '../open-app.ts'
import { settingsOf } from './with-database.ts'

const addUser: CliVerb = {
  name: 'user add',
  takes: '--email EMAIL --name NAME [--role ROLE [--scope KIND:ID]]',
  meaning: 'Makes an account and prints the link by which its owner chooses a password. Write with --lang in which language.',
  options: [
    { name: 'email', value: 'EMAIL', meaning: 'Address for signing in.' },
    { name: 'name', value: 'NAME', meaning: 'Name that others see.' },
    { name: 'role', value: 'ROLE', meaning: `A first role: ${GIVEN_ROLES.join(', ')}. The first account must be admin.` },
    {
      name: 'scope',
      value: 'KIND:ID',
      meaning: `Where it holds: ${SCOPES.slice(1).join(':ID, ')}:ID (default: the whole instance).`,
    },
  ],
  async run(call) {
    const email = requireOption(call, 'email', 'EMAIL')
    const input = { email, name: requireOption(call, 'name', 'NAME'), lang: call.lang as AccountLanguage, grants: rolesOf(call) }
    return atDesk(call, async (desk) => say(call, 'account.verb.invited', email, await desk.invite(input, LOCAL_ADMINISTRATOR)))
  },
}

const linkUser: CliVerb = {
  name: 'user link',
  takes: 'EMAIL',
  meaning: 'Prints a new link for an account: to choose a password, or to accept the invitation.',
  options: [],
  async run(call) {
    const email = requireWord(call, 0, 'EMAIL').trim().toLowerCase()
    return atDesk(call, async (desk, operations) => {
      const { rows } = await operations.run(listUsers, { search: email, limit: 200 }, LOCAL_ADMINISTRATOR)
      const user = rows.find((row) => row.email === email)
      if (!user) throw new Problem('access.account-missing', { id: email })
      const written = await desk.sendAccessLink(user.id, LOCAL_ADMINISTRATOR)
      return say(call, user.state === 'invited' ? 'account.verb.invited' : 'account.verb.reset', email, written)
    })
  },
}

export const userVerbs: readonly CliVerb[] = [addUser, linkUser]

function requireOption(call: CliCall, name: string, accepted: string): string {
  const value = call.option(name)
  if (value === undefined) throw new Problem('cli.word-missing', { accepted: `--${name} ${accepted}` })
  return value
}

/** What is no language, role or scope is refused by the operation, which says what there is. */
function rolesOf(call: CliCall): GrantInput[] {
  const role = call.option('role')
  if (role === undefined) return []
  const [kind = 'instance', id] = call.option('scope')?.split(':') ?? []
  return [{ role, scope: kind, ...(id === undefined ? {} : { scopeId: id }) } as GrantInput]
}

async function atDesk(call: CliCall, work: (desk: AccountDesk, operations: Operations) => Promise<number>): Promise<number> {
  const settings = settingsOf(call)
  const app = await openApp(call.option('data') === undefined ? settings : { ...settings, databaseUrl: undefined })
  try {
    await requireInstanceKey(app.admin, app.settings)
    return await work(joinAccounts(app, loadInstanceKey(settings)), app.operations)
  } finally {
    await app.close()
  }
}

/** The link alone goes to standard output. */
function say(call: CliCall, text: string, email: string, written: { userId: string; link: string | undefined }): number {
  const t = translatorFor(call.lang)
  if (call.json) call.print(JSON.stringify(written))
  else if (written.link === undefined) call.say(t('account.verb.sent', { email }))
  else {
    call.say(t(text, { email }))
    call.print(written.link)
  }
  return 0
}
