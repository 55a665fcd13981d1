/**
 * A desk for the tests of rights: people of every role, and records on three sides of them.
 *
 *   own     belongs to the entity and names the country of the focal points; shown to nobody else
 *   hidden  belongs to another entity and country, and is shown to nobody else
 *   shown   belongs to another entity and country, published and public
 *
 * Every text of a hidden record carries the word HIDDEN, so that an answer can be searched for it.
 */

import type { Database } from '../../src/database/db.ts'
import { type Db, sql } from '../../src/database/db.ts'
import { newId } from '../../src/kernel/ids.ts'
import { auditWriter, loadGrants, policy, type Role } from '../../src/modules/access/index.ts'
import { registerOrg, registerPerson } from '../../src/modules/directory/index.ts'
import {
  applyImportRun,
  createCollection,
  createRowNamer,
  type InitiativeFacts,
  moveInitiative,
  type RecordState,
  registerInitiative,
  stageImportRows,
  startImportRun,
} from '../../src/modules/registry/index.ts'
import { type Actor, ANONYMOUS, createOperations, LOCAL_ADMINISTRATOR, type Operations } from '../../src/operations/index.ts'

export const HIDDEN = 'HIDDEN'

/** State of a record, and where it is to be found. */
export interface DeskRecord {
  readonly id: string
  readonly version: number
}

export interface Side {
  readonly name: 'own' | 'hidden' | 'shown'
  readonly country: string
  readonly entity: string
  readonly ministry: string
  readonly collection: string
  readonly initiatives: Readonly<Partial<Record<RecordState, DeskRecord>>>
  readonly person: DeskRecord
  /** An import that was applied, and one that is being read. */
  readonly appliedRun: string
  readonly stagedRun: string
  /** An account that belongs to this side. */
  readonly account: string
}

export interface AccessDesk {
  readonly own: Side
  readonly hidden: Side
  readonly shown: Side
  /** An account with no role. */
  readonly stranger: string
  /** A sample collection. */
  readonly sample: string
}

export const AT = '2026-01-01T00:00:00.000Z'
/** Identifier of an organisation that publishes about itself on each side, there with another name. */
export const PUBLISHED_ORGANISATION = 'XM-DAC-99-1'
/** The campaign of the reviewer. */
export const CAMPAIGN = 'campaign-1'

const BEFORE: Readonly<Partial<Record<RecordState, readonly RecordState[]>>> = {
  draft: [],
  submitted: ['submitted'],
  verified: ['submitted', 'verified'],
  published: ['submitted', 'verified', 'published'],
}

export function factsOf(title: string, hosts: readonly string[], orgId: string): InitiativeFacts {
  return {
    title: { orig: 'en', texts: { en: title } },
    kind: 'project',
    reportingOrg: { orgId },
    hosts: [...hosts],
    partners: [{ no: '1', orgId, role: 'first_provider' }],
  } as InitiativeFacts
}

export function operationsOn(database: Database): Operations {
  return createOperations({ database, clock: { now: () => new Date() }, policy, audit: auditWriter })
}

export async function setUpAccessDesk(database: Database): Promise<AccessDesk> {
  const operations = operationsOn(database)
  const sample = 'a-sample'
  await operations.run(createCollection, { key: sample, kind: 'sample', ownerOrg: null }, LOCAL_ADMINISTRATOR)
  const sides = {
    own: await setUpSide(database, operations, 'own', 'KEN'),
    hidden: await setUpSide(database, operations, 'hidden', 'PER'),
    shown: await setUpSide(database, operations, 'shown', 'FJI'),
  }
  await addAccount(database, 'stranger')
  return { ...sides, stranger: 'stranger', sample }
}

async function setUpSide(database: Database, operations: Operations, name: Side['name'], country: string): Promise<Side> {
  const word = name === 'hidden' ? HIDDEN : name
  const visibility = name === 'shown' ? 'public' : 'group'
  const run: Operations['run'] = (operation, input) => operations.run(operation, input, LOCAL_ADMINISTRATOR)
  const orgNames = (text: string) => ({ orig: 'en', texts: { en: `${text} of ${country}` } })
  const entity = await run(registerOrg, { names: orgNames('Entity'), orgType: '40' }, LOCAL_ADMINISTRATOR)
  const ministry = await run(
    registerOrg,
    { names: orgNames('Ministry'), orgType: '10', countryCode: country },
    LOCAL_ADMINISTRATOR,
  )
  const collection = `collection-${country.toLowerCase()}`
  await run(
    createCollection,
    { key: collection, names: { orig: 'en', texts: { en: `${word} collection` } }, ownerOrg: entity.id, visibility },
    LOCAL_ADMINISTRATOR,
  )
  const initiatives: Partial<Record<RecordState, DeskRecord>> = {}
  for (const state of ['draft', 'submitted', 'verified', 'published'] as const) {
    let record = await run(
      registerInitiative,
      {
        collection,
        identifier: `${word}-${state}`,
        facts: factsOf(`${word} ${state}`, [country], entity.id),
        listed: [{ year: 2014 }],
        ownerOrg: entity.id,
        visibility,
      },
      LOCAL_ADMINISTRATOR,
    )
    for (const to of BEFORE[state] ?? []) {
      record = await run(moveInitiative, { id: record.id, version: record.version, to }, LOCAL_ADMINISTRATOR)
    }
    initiatives[state] = { id: record.id, version: record.version }
  }
  const person = await run(
    registerPerson,
    {
      name: `${word} Person`,
      countryCode: country,
      ownerOrg: entity.id,
      affiliations: [{ orgId: entity.id }],
      visibility: name === 'shown' ? 'network' : 'group',
      contact: { email: `${name}@example.org` },
    },
    LOCAL_ADMINISTRATOR,
  )
  const account = `account-${name}`
  await addAccount(database, account)
  const appliedRun = await importRun(operations, collection, `${word}-imported`, true)
  await publishOrganisation(database, appliedRun, `${word} organisation`)
  return {
    name,
    country,
    entity: entity.id,
    ministry: ministry.id,
    collection,
    initiatives,
    person,
    appliedRun,
    stagedRun: await importRun(operations, collection, `${word}-staged`, false),
    account,
  }
}

async function importRun(operations: Operations, collection: string, identifier: string, apply: boolean): Promise<string> {
  const { id } = await operations.run(
    startImportRun,
    { collection: { key: collection }, fileName: `${identifier}.csv`, fileDigest: 'd', fileBytes: 1, format: 'csv' },
    LOCAL_ADMINISTRATOR,
  )
  const row = createRowNamer()({
    seq: 0,
    identifier,
    facts: { title: { orig: 'en', texts: { en: identifier } } },
    listed: { year: null, sourceRow: 2, revision: null, groupKey: null },
  })
  const batch = { runId: id, rows: [row], problems: [], rowsRead: 1, rejected: 0 }
  await operations.run(stageImportRows, batch, LOCAL_ADMINISTRATOR)
  if (apply) await operations.run(applyImportRun, { runId: id }, LOCAL_ADMINISTRATOR)
  return id
}

async function publishOrganisation(db: Db, runId: string, name: string): Promise<void> {
  const facts = { name: { orig: 'en', texts: { en: name } }, documents: [{ title: name, url: 'https://example.org/report' }] }
  await db.run(sql`
    insert into organisation_publications (id, run_id, collection_id, identifier, identifier_folded, series, facts, content_digest,
                                           piece_digest, block_id, start, length)
    select ${newId()}, id, collection_id, ${PUBLISHED_ORGANISATION}, 'xm dac 99 1', 'a.xml', ${JSON.stringify(facts)}::jsonb, 'c', 'p',
           'block', 0, 1
    from import_runs
    where id = ${runId}
  `)
}

export async function addAccount(db: Db, id: string, state = 'active'): Promise<void> {
  await db.run(sql`
    insert into users (id, email, name, lang, state, version, created_at, created_by, updated_at, updated_by)
    values (${id}, ${`${id}@example.org`}, ${id}, 'en', ${state}, 1, ${AT}, 'test', ${AT}, 'test')
  `)
  await db.run(sql`insert into user_secrets (user_id) values (${id})`)
}

export interface GivenGrant {
  readonly role: string
  readonly scope: 'instance' | 'entity' | 'country' | 'body' | 'campaign'
  readonly scopeId?: string | null
  readonly onBehalfOf?: string
}

export async function addGrant(db: Db, userId: string, { role, scope, scopeId, onBehalfOf }: GivenGrant): Promise<string> {
  const id = newId()
  await db.run(sql`
    insert into grants (id, user_id, role, scope, scope_id, starts_at, on_behalf_of, given_at, given_by)
    values (${id}, ${userId}, ${role}, ${scope}, ${scopeId ?? null}, ${AT}, ${onBehalfOf ?? null}, ${AT}, 'test')
  `)
  return id
}

export async function actorOf(db: Db, userId: string): Promise<Actor> {
  return { id: userId, kind: 'user', name: userId, grants: await loadGrants(db, userId) }
}

/** Somebody of this role, whose scope is that of the side. */
export async function somebodyWith(db: Db, role: Role, side: Side): Promise<Actor> {
  if (role === 'public') return ANONYMOUS
  const id = `a-${role.replaceAll('_', '-')}`
  await addAccount(db, id)
  const grant = grantOfRole(role, side)
  if (grant) await addGrant(db, id, grant)
  return actorOf(db, id)
}

function grantOfRole(role: Role, { country, entity }: Side): GivenGrant | undefined {
  if (role === 'public' || role === 'member') return undefined
  if (role === 'national_focal_point') return { role, scope: 'country', scopeId: country }
  if (role === 'entity_focal_point') return { role, scope: 'entity', scopeId: entity }
  if (role === 'reviewer') return { role, scope: 'campaign', scopeId: CAMPAIGN }
  return { role, scope: 'instance' }
}
