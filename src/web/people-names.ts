/** Who did something, by name: histories, lists and messages hold identifiers of accounts. A page asks once for all that it shows. */
import type { Translator } from '../i18n/translator.ts'
import { Problem } from '../kernel/problems.ts'
import { nameUsers } from '../modules/access/index.ts'
import type { Actor, Operations } from '../operations/index.ts'

export interface Reader {
  readonly t: Translator
  readonly actor: Actor
  readonly context: { readonly operations: Pick<Operations, 'run'> }
}

export type PeopleNames = (actorId: string) => string

/** Actors that are no account. */
export const ACTORS_WITHOUT_ACCOUNT: readonly string[] = ['local-administrator', 'program', 'anonymous']

/** Most identifiers of one question. */
const MOST_IDS = 500

/** Strangers learn no name and no identifier; to everybody else an identifier that is no account stays as it is. */
export async function peopleNames(reader: Reader, actorIds: Iterable<string>): Promise<PeopleNames> {
  const { t, actor } = reader
  const asked = [...new Set(actorIds)].filter((id) => !ACTORS_WITHOUT_ACCOUNT.includes(id))
  const names = actor.kind === 'anonymous' ? new Map<string, string>() : await namesOfAccounts(reader, asked)
  const unknown = (id: string) => (actor.kind === 'anonymous' ? t('people-names.person') : id)
  return (id) => (ACTORS_WITHOUT_ACCOUNT.includes(id) ? t(`people-names.${id}`) : (names.get(id) ?? unknown(id)))
}

async function namesOfAccounts({ t, actor, context }: Reader, ids: readonly string[]): Promise<Map<string, string>> {
  const names = new Map<string, string>()
  for (let start = 0; start < ids.length; start += MOST_IDS) {
    const batch = ids.slice(start, start + MOST_IDS).filter((id) => id.length <= 100)
    for (const { id, name } of await context.operations.run(nameUsers, { ids: batch }, actor)) {
      names.set(id, name ?? t('people-names.deleted'))
    }
  }
  return names
}

/** The same problem with the person and the time as people write them. Whatever else was thrown stays as it is. */
export async function withNames<Thrown>(reader: Reader, thrown: Thrown): Promise<Thrown | Problem> {
  if (!(thrown instanceof Problem) || typeof thrown.params.by !== 'string') return thrown
  const { code, params, place, details } = thrown
  const by = (await peopleNames(reader, [thrown.params.by]))(thrown.params.by)
  const at = typeof params.at === 'string' ? { at: reader.t.instant(params.at) } : {}
  return new Problem(code, { ...params, by, ...at }, { ...(place && { place }), details, cause: thrown })
}
