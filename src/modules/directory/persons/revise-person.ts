/** Revises a person: only the fields that are named, and only when nobody changed the record meanwhile. Without an id: one's own. */
import { z } from 'zod'
import { Problem } from '../../../kernel/problems.ts'
import { defineCommand } from '../../../operations/index.ts'
import { differingFields } from '../record-versions.ts'
import { findSeen } from './get-person.ts'
import { type Person, type PersonFacts, scopeOf, traceOf } from './person.ts'
import { checkedPerson, mergedContact, PersonFields } from './person-input.ts'
import { requireOwnerInScope } from './person-owner.ts'
import { lockPerson, updatePerson } from './person-rows.ts'

export const revisePerson = defineCommand({
  name: 'directory.revise-person',
  permission: {
    oneOf: ['directory.person.edit', 'directory.own-person.edit'],
    of: ({ id }: { id?: string | undefined }) => (id === undefined ? 'directory.own-person.edit' : 'directory.person.edit'),
  },
  input: z.object({
    /** Absent: the person of the account. */
    id: z.string().optional(),
    /** The version that was seen. */
    version: z.number().int().min(1),
    changes: PersonFields.partial(),
    reason: z.string().trim().max(2_000).optional(),
  }),
  async scope({ db, sight }, { id }) {
    if (id === undefined) return undefined
    const person = await findSeen(db, sight, id)
    return scopeOf(person, person.userId)
  },

  async run(context, { id, version, changes, reason }): Promise<{ id: string; version: number }> {
    const { db, whole, clock, actor, changed } = context
    const person = await lockPerson(whole, actor, id)
    if (person.version !== version) {
      const { version: found, updatedBy: by, updatedAt: at } = person
      throw new Problem('directory.person-changed-meanwhile', { version, found, by, at })
    }
    const { contact, ...named } = changes
    const before = statedOf(person)
    const wanted = { ...before, ...withoutUnnamed(named), contact: mergedContact(person.contact, contact ?? {}) } as PersonFacts
    const after = await checkedPerson(db, wanted)
    const fields = changedFields(before, after)
    if (fields.length === 0) return { id: person.id, version }
    // Nobody hands a person on to an office that is not theirs, nor out of the own scope.
    if (id !== undefined) await context.requirePermission('directory.person.edit', scopeOf(after, person.userId))
    if (id !== undefined && after.ownerOrg !== person.ownerOrg) await requireOwnerInScope(context, after.ownerOrg)

    const at = clock.now().toISOString()
    const revised = { ...person, ...after, version: version + 1, updatedAt: at, updatedBy: actor.id }
    await updatePerson(whole, revised)
    changed({
      ref: { module: 'directory', aggregate: 'persons', id: person.id },
      action: 'changed',
      version: version + 1,
      before: traceOf(person),
      after: traceOf(revised, fields),
      ...(reason === undefined ? {} : { reason }),
    })
    return { id: person.id, version: version + 1 }
  },
})

function statedOf(person: Person): PersonFacts {
  const { otherNames, affiliations, languages, countryCode, contact, ownerOrg, visibility } = person
  return { name: person.name ?? '', otherNames, affiliations, languages, countryCode, contact, ownerOrg, visibility }
}

function withoutUnnamed<T extends object>(named: T): Partial<T> {
  return Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined)) as Partial<T>
}

/** Names of the fields; of contact data the kind. */
function changedFields(before: PersonFacts, after: PersonFacts): string[] {
  const fields = differingFields(before, after).filter((name) => name !== 'contact')
  return [...fields, ...differingFields(before.contact, after.contact).map((kind) => `contact.${kind}`)]
}
