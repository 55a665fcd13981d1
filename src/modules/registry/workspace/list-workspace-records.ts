/** The records behind a number of the workspace, on a page and as a file. */
import { z } from 'zod'
import { sql } from '../../../database/db.ts'
import type { LocalizedText } from '../../../kernel/localized-text.ts'
import { defineQuery } from '../../../operations/index.ts'
import { completenessOf } from '../initiatives/completeness.ts'
import type { InitiativeFacts, RecordState } from '../initiatives/initiative.ts'
import { readListingsOfInitiatives } from '../listings/list-listings.ts'
import type { ListedInitiative } from '../listings/listed-initiative.ts'
import { countRecords, RECORD_LISTS, selectRecords } from './record-lists.ts'
import { recordScopeOf, WorkspaceInput, workspaceScope } from './workspace-scope.ts'

export interface WorkspaceRecord {
  readonly id: string
  readonly identifier: string | null
  readonly title: LocalizedText | null
  readonly state: RecordState
  readonly years: readonly number[]
  readonly updatedAt: string
  /** Fields that are not stated, cheapest first. */
  readonly missing: readonly string[]
}

export interface WorkspaceRecordPage {
  readonly rows: readonly WorkspaceRecord[]
  readonly total: number
  readonly offset: number
  /** Of the organisation whose workspace it is. */
  readonly names: LocalizedText | null
}

const ListInput = WorkspaceInput.extend({ list: z.enum(RECORD_LISTS as [string, ...string[]]) })

type Row = Omit<WorkspaceRecord, 'missing' | 'years'> & {
  facts: InitiativeFacts
  listed: readonly { year: number | null }[]
}

export const listWorkspaceRecords = defineQuery({
  name: 'registry.list-workspace-records',
  permission: 'registry.workspace.read',
  scope: async (_context, key) => recordScopeOf(key),
  input: ListInput.extend({
    offset: z.number().int().min(0).default(0),
    limit: z.number().int().min(1).max(200).default(50),
  }),
  async run(context, { list, offset, limit, ...key }): Promise<WorkspaceRecordPage> {
    const scope = await workspaceScope(context, key)
    const total = (await countRecords(context.db, scope, context, [list])).get(list) ?? 0
    const columns = sql`i.id, i.identifier, i.facts -> 'title' as title, i.state, i.updated_at as "updatedAt", i.facts, i.listed`
    const rows = await selectRecords<Row>(context.db, scope, context, list, columns, { limit, offset })
    return { rows: rows.map(recordOf), total, offset, names: scope.names }
  },
})

function recordOf({ facts, listed, ...row }: Row): WorkspaceRecord {
  const years = [...new Set(listed.flatMap(({ year }) => (year === null ? [] : [year])))].sort((a, b) => a - b)
  return { ...row, years, missing: completenessOf(facts).missing }
}

/** A file holds at most so many records; whoever has more narrows the list of initiatives instead. */
const MOST_IN_FILE = 100_000
const BATCH = 500

/** The listings of the records of a list, in batches: what the existing downloads write. */
export const exportWorkspaceRecords = defineQuery({
  name: 'registry.export-workspace-records',
  permission: 'registry.workspace.read',
  scope: async (_context, key) => recordScopeOf(key),
  input: ListInput,
  async run(context, { list, ...key }): Promise<AsyncGenerator<ListedInitiative[]>> {
    const scope = await workspaceScope(context, key)
    const page = { limit: MOST_IN_FILE, offset: 0 }
    const ids = (await selectRecords<{ id: string }>(context.db, scope, context, list, sql`i.id`, page)).map(({ id }) => id)
    return inBatches(context, ids)
  },
})

async function* inBatches(
  context: Parameters<typeof readListingsOfInitiatives>[0],
  ids: readonly string[],
): AsyncGenerator<ListedInitiative[]> {
  for (let at = 0; at < ids.length; at += BATCH) yield await readListingsOfInitiatives(context, ids.slice(at, at + BATCH))
}
