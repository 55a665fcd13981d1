/** What waits for the people of a country or entity, and for the secretariat. Only what there is: a line with nothing is left out. */
import { type Db, sql } from '../../../database/db.ts'
import type { QueryContext } from '../../../operations/index.ts'
import { permits } from '../../access/index.ts'
import { listSoonEndingConsents, type SoonEndingConsent } from '../../directory/index.ts'
import { type ImportRun, RUN_COLUMNS } from '../imports/import-run.ts'
import { visibleObjections } from '../objections/list-objections.ts'
import { type Objection, selectObjections } from '../objections/objection.ts'
import { recordScopeOf, type WorkspaceScope } from './workspace-scope.ts'

export const WAITING_KEYS = [
  'to-verify',
  'own-to-verify',
  'state-returned',
  'state-draft',
  'state-under_revision',
  'objections-to-answer',
  'objections-answered',
  'imports',
  'consents',
  'roles',
  'to-publish',
] as const
export type WaitingKey = (typeof WAITING_KEYS)[number]

export interface WaitingWork {
  readonly key: WaitingKey
  readonly count: number
}

export interface ScopeBusiness {
  readonly raised: readonly Objection[]
  readonly received: readonly Objection[]
  readonly runs: readonly ImportRun[]
  readonly consents: readonly SoonEndingConsent[]
  readonly waiting: readonly WaitingWork[]
}

const CONSENT_DAYS = 30
const ROLE_DAYS = 30
const DAY_MS = 86_400_000
/** More objections than this are for a list, not for a page. */
const MOST_OBJECTIONS = 500

type Eyes = Pick<QueryContext, 'db' | 'whole' | 'clock' | 'actor' | 'sight'>

export async function businessOf(
  context: Eyes,
  scope: WorkspaceScope,
  records: ReadonlyMap<string, number>,
): Promise<ScopeBusiness> {
  const { db, clock } = context
  const raised = await raisedObjections(context, scope)
  const received = await receivedObjections(context, scope)
  const runs = await unfinishedRuns(db, scope)
  const consents = await listSoonEndingConsents(db, clock.now(), CONSENT_DAYS, scope.orgs)
  const mayVerify = permits(context.actor, 'registry.initiative.verify', recordScopeOf(scope))
  const count = (list: string) => records.get(list) ?? 0
  const all: Readonly<Record<WaitingKey, number>> = {
    'to-verify': mayVerify ? count('to-verify') : 0,
    'own-to-verify': mayVerify ? count('own-to-verify') : 0,
    'state-returned': count('state-returned'),
    'state-draft': count('state-draft'),
    'state-under_revision': count('state-under_revision'),
    'objections-to-answer': received.filter(({ state }) => state === 'open').length,
    'objections-answered': raised.filter(({ state }) => state === 'answered').length,
    imports: runs.length,
    consents: consents.length,
    roles: endingRoles(scope, clock.now()).length,
    'to-publish': 0,
  }
  const waiting = WAITING_KEYS.map((key) => ({ key, count: all[key] })).filter((one) => one.count > 0)
  return { raised, received, runs, consents, waiting }
}

/** Roles of the scope that end within 30 days. */
export function endingRoles({ holders }: WorkspaceScope, now: Date): WorkspaceScope['holders'] {
  const horizon = new Date(now.getTime() + ROLE_DAYS * DAY_MS).toISOString()
  return holders.filter(({ endsAt, state }) => endsAt !== null && state !== 'lapsed' && new Date(endsAt).toISOString() <= horizon)
}

function raisedObjections({ db, sight }: Eyes, { countries }: WorkspaceScope): Promise<Objection[]> {
  if (countries.length === 0) return Promise.resolve([])
  return selectObjections(db, sql`o.country_code = any(${countries}::text[]) and ${visibleObjections(sight)}`, MOST_OBJECTIONS)
}

/** Of others, to records that belong to the scope. */
function receivedObjections({ db, sight }: Eyes, { orgs, countries }: WorkspaceScope): Promise<Objection[]> {
  return selectObjections(
    db,
    sql`o.country_code <> all(${countries}::text[]) and ${visibleObjections(sight)} and exists (
      select 1 from initiatives as i where i.id = o.initiative_id and i.owner_org = any(${orgs}::text[])
    )`,
    MOST_OBJECTIONS,
  )
}

function unfinishedRuns(db: Db, { orgs, holders }: WorkspaceScope): Promise<ImportRun[]> {
  const people = holders.map(({ userId }) => userId)
  return db.many<ImportRun>(sql`
    select ${RUN_COLUMNS}
    from import_runs as r
    join collections as c on c.id = r.collection_id
    where r.state = 'staging' and (c.owner_org = any(${orgs}::text[]) or (c.owner_org is null and r.started_by = any(${people}::text[])))
    order by r.id desc
    limit 100
  `)
}
