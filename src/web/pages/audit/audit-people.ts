/** The field for a person in the filter of the audit trail: what it proposes, and what may be written there. */
import type { Translator } from '../../../i18n/translator.ts'
import { listUsers } from '../../../modules/access/index.ts'
import { ACTORS_WITHOUT_ACCOUNT } from '../../people-names.ts'
import type { PageRequest } from '../../site.tsx'
import type { auditFields } from './audit-address.ts'

type Fields = ReturnType<typeof auditFields>

/** What pages call an actor without an account is a way to ask for it. */
export function withKnownActor(t: Translator, fields: Fields): Fields {
  const asked = fields.person?.toLowerCase()
  const known = ACTORS_WITHOUT_ACCOUNT.find((id) => t(`people-names.${id}`).toLowerCase() === asked)
  return known === undefined ? fields : { ...fields, person: known }
}

export function personAsShown(t: Translator, person: string | undefined): string | undefined {
  return person !== undefined && ACTORS_WITHOUT_ACCOUNT.includes(person) ? t(`people-names.${person}`) : person
}

/** Most accounts that are proposed. */
const MOST_SUGGESTED = 200

/** Whoever may not read the accounts chooses among the names on the page. */
export async function suggestedPeople(request: PageRequest, onPage: readonly string[]): Promise<string[]> {
  const { context, actor, may, t } = request
  const accounts = may('access.user.read') ? (await context.operations.run(listUsers, { limit: MOST_SUGGESTED }, actor)).rows : []
  const actors = ACTORS_WITHOUT_ACCOUNT.map((id) => t(`people-names.${id}`))
  const names = new Set([...accounts.map(({ name }) => name), ...actors, ...onPage])
  names.delete(t('people-names.deleted'))
  return [...names].sort(t.compare)
}
