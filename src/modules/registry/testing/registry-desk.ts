/** A desk for tests: the real operations on a test database, as the person at this machine. */
import type { z } from 'zod'
import type { Database } from '../../../database/db.ts'
import { withRollback } from '../../../database/testing/rollback-database.ts'
import { openTestDatabase } from '../../../database/testing/test-database.ts'
import { type Actor, createOperations, LOCAL_ADMINISTRATOR, type Operation } from '../../../operations/index.ts'
import { auditWriter, policy } from '../../access/index.ts'
import { applyImportRun, createRowNamer, type ImportedRow, type ImportRun, stageImportRows, startImportRun } from '../index.ts'

export interface RegistryDesk {
  readonly database: Database
  run<Input extends z.ZodType, Output>(operation: Operation<Input, Output>, input: z.input<Input>, actor?: Actor): Promise<Output>
  /** Imports rows as a file would. */
  import(collection: string, rows: readonly RowDraft[]): Promise<ImportRun>
  /** Moves the clock. */
  setTime(instant: string): void
}

export type RowDraft = Omit<ImportedRow, 'seq' | 'identifier' | 'listed'> & {
  identifier?: string
  listed?: Partial<ImportedRow['listed']>
}

/** Runs `work` at a desk of its own; nothing of it stays. */
export async function atRegistryDesk<T>(work: (desk: RegistryDesk) => Promise<T>): Promise<T> {
  const database = await openTestDatabase()
  return withRollback(database, (inside) => {
    let now = new Date('2026-11-24T12:00:00Z')
    const operations = createOperations({ database: inside, clock: { now: () => now }, policy, audit: auditWriter })
    const run: RegistryDesk['run'] = (operation, input, actor = LOCAL_ADMINISTRATOR) => operations.run(operation, input, actor)
    return work({
      database: inside,
      run,
      setTime: (instant) => {
        now = new Date(instant)
      },
      import: async (collection, drafts) => {
        const started = await run(startImportRun, {
          collection: { key: collection },
          fileName: 'rows.csv',
          fileDigest: 'd',
          fileBytes: 1,
          format: 'csv',
        })
        const name = createRowNamer()
        const rows = drafts.map((draft, seq) =>
          name({
            seq,
            identifier: draft.identifier ?? null,
            facts: draft.facts,
            listed: { year: null, sourceRow: seq + 2, revision: null, groupKey: null, ...draft.listed },
          }),
        )
        await run(stageImportRows, { runId: started.id, rows, problems: [], rowsRead: rows.length, rejected: 0 })
        return run(applyImportRun, { runId: started.id })
      },
    })
  })
}
