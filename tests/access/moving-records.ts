/**
 * Records whose title says whose they are, and a command that moves one to others: owner, hosts, visibility and title change in one
 * version, as one statement sees them. Only tests move records so freely.
 */
import { z } from 'zod'
import { VISIBILITIES, type Visibility } from '../../src/modules/directory/index.ts'
import { type InitiativeRecord, RECORD_STATES } from '../../src/modules/registry/initiatives/initiative.ts'
import { getForChange, saveRevision } from '../../src/modules/registry/initiatives/revise-initiative.ts'
import { type Actor, defineCommand } from '../../src/operations/index.ts'
import { factsOf } from './access-desk.ts'

/** What the title of a record says about it. */
export interface Label {
  readonly owner: string
  readonly visibility: Visibility
  readonly hosts: readonly string[]
  readonly shown: boolean
}

export function titleOf({ owner, visibility, hosts, shown }: Label): string {
  return `owner=${owner} visibility=${visibility} hosts=${hosts.join('+')} shown=${shown ? 'yes' : 'no'}`
}

const LABEL = /owner=(\S+) visibility=(\S+) hosts=(\S*) shown=(yes|no)/g

/** Every label that stands in an answer. */
export function labelsIn(text: string): Label[] {
  return [...text.matchAll(LABEL)].map(([, owner = '', visibility, hosts = '', shown]) => ({
    owner,
    visibility: visibility as Visibility,
    hosts: hosts.split('+').filter((host) => host !== ''),
    shown: shown === 'yes',
  }))
}

/** Domain section 14 for one record and one person, in plain words. */
export function maySee(actor: Actor, { owner, visibility, hosts, shown }: Label): boolean {
  const grants = actor.grants ?? []
  if (grants.some(({ role }) => role === 'secretariat' || role === 'admin')) return true
  const published = shown && (visibility === 'public' || (visibility === 'network' && actor.kind !== 'anonymous'))
  return published || isOwn(actor, { owner, visibility, hosts })
}

export function isOwn(actor: Actor, { owner, visibility, hosts }: Omit<Label, 'shown'>): boolean {
  return (actor.grants ?? []).some(
    ({ role, orgs, countries }) =>
      ['national_focal_point', 'entity_focal_point'].includes(role) &&
      (orgs.includes(owner) || (visibility !== 'private' && hosts.some((host) => countries.includes(host)))),
  )
}

export const moveRecord = defineCommand({
  name: 'registry.move-record-in-a-test',
  permission: 'registry.initiative.publish',
  input: z.object({
    id: z.string(),
    version: z.number(),
    owner: z.string(),
    hosts: z.array(z.string()),
    visibility: z.enum(VISIBILITIES),
    state: z.enum(RECORD_STATES),
    title: z.string(),
  }),
  async run(context, { id, version, owner, hosts, visibility, state, title }): Promise<InitiativeRecord> {
    const before = await getForChange(context, id, version)
    const facts = { ...before.facts, ...factsOf(title, hosts, owner) }
    return saveRevision(context, before, { ...before, ownerOrg: owner, visibility, state, facts }, 'changed')
  },
})
