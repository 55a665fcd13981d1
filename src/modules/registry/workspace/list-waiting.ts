/** What waits for whoever asks: in each country and entity of theirs, and for the secretariat in the whole instance. */
import { z } from 'zod'
import { sql } from '../../../database/db.ts'
import { defineQuery, type Grant, type QueryContext } from '../../../operations/index.ts'
import { permits } from '../../access/index.ts'
import { selectForActor } from '../listings/list-listings.ts'
import { countRecords } from './record-lists.ts'
import { businessOf, type WaitingWork } from './waiting.ts'
import { recordScopeOf, type WorkspaceKey, workspaceScope } from './workspace-scope.ts'

export interface WaitingPlace {
  /** Null: the whole instance. */
  readonly scope: WorkspaceKey | null
  readonly names: Awaited<ReturnType<typeof workspaceScope>>['names']
  readonly waiting: readonly WaitingWork[]
}

/** Somebody with more scopes looks into each by itself. */
const MOST_SCOPES = 10

export const listWaiting = defineQuery({
  name: 'registry.list-waiting',
  permission: 'registry.workspace.read',
  input: z.object({}),
  async run(context): Promise<WaitingPlace[]> {
    const places: WaitingPlace[] = []
    for (const key of ownScopes(context)) {
      const scope = await workspaceScope(context, key)
      const { waiting } = await businessOf(context, scope, await countRecords(context.db, scope, context))
      if (waiting.length > 0) places.push({ scope: key, names: scope.names, waiting })
    }
    if (publishesAll(context)) {
      const waiting = await waitingInInstance(context)
      if (waiting.length > 0) places.push({ scope: null, names: null, waiting })
    }
    return places
  },
})

function ownScopes({ actor }: QueryContext): WorkspaceKey[] {
  const found = new Map<string, WorkspaceKey>()
  for (const grant of actor.grants ?? []) {
    const key = keyOf(grant)
    if (key && permits({ ...actor, grants: [grant] }, 'registry.workspace.read', recordScopeOf(key))) {
      found.set(`${key.kind} ${key.id}`, key)
    }
  }
  return [...found.values()].slice(0, MOST_SCOPES)
}

function keyOf({ scope, scopeId }: Grant): WorkspaceKey | undefined {
  return (scope === 'country' || scope === 'entity') && scopeId !== null ? { kind: scope, id: scopeId } : undefined
}

/** The secretariat, and whoever is the administrator of a small office. */
function publishesAll({ actor }: QueryContext): boolean {
  return permits(actor, 'registry.initiative.publish', { orgs: [], countries: [] })
}

/** Counted as the list of initiatives counts, in listings: the number opens that list. */
async function waitingInInstance(context: QueryContext): Promise<WaitingWork[]> {
  const inState = async (state: string) =>
    (await selectForActor(context, { values: { state: [state] } }, { facets: [] })).selection.rows.length
  const { objections } = await context.db.one<{ objections: number }>(sql`
    select count(*)::int as objections from objections where state = 'open'
  `)
  const all: WaitingWork[] = [
    { key: 'to-verify', count: await inState('submitted') },
    { key: 'to-publish', count: await inState('verified') },
    { key: 'objections-to-answer', count: objections },
  ]
  return all.filter(({ count }) => count > 0)
}
