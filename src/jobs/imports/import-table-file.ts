/**
 * Imports one table file: recognised, read row by row, prepared in batches, made visible as a whole. The command line, the import
 * pages and the loader of sample data all end here.
 */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { openTableFile, recogniseFile, type TableFile, type TableMapping } from '../../interop/tables/index.ts'
import { Problem, type ProblemReport } from '../../kernel/problems.ts'
import {
  applyImportRun,
  type ImportRun,
  type PlanMemory,
  planImportRows,
  stageImportRows,
  startImportRun,
  stopImportRun,
} from '../../modules/registry/index.ts'
import type { Actor, Operations } from '../../operations/index.ts'
import { readInBatches } from './read-batches.ts'

/** Problems listed in the report; all of them stand with the run. */
export const REPORTED_PROBLEMS = 1_000

export interface ImportRequest {
  readonly path: string
  /** Name to show, where it differs from the path's. */
  readonly fileName?: string
  readonly portfolio: string
  /** Names and source of a collection that does not exist yet. */
  readonly collection?: {
    names?: { orig: string; texts: Record<string, string> }
    kind?: 'working' | 'sample'
    /** State in which its rows enter. */
    entryState?: 'published' | 'submitted'
    source?: { name: string; url?: string; licence?: string; date?: string }
  }
  /** One mapping a sheet; recognised when not given. */
  readonly mappings?: readonly TableMapping[]
  /** Language of the texts in the file. */
  readonly language?: string
  /** Language of the messages. */
  readonly readerLanguage?: string
  readonly dryRun?: boolean
  readonly signal?: AbortSignal
  onStart?(run: ImportRun): void
}

export interface ImportReport {
  readonly portfolio: string
  readonly format: string
  readonly read: number
  readonly created: number
  readonly changed: number
  readonly unchanged: number
  readonly rejected: number
  readonly warnings: number
  readonly seconds: number
  readonly runId: string | null
  readonly problems: readonly ProblemReport[]
}

export async function importTableFile(operations: Operations, actor: Actor, request: ImportRequest): Promise<ImportReport> {
  const startedAt = performance.now()
  const file = await openForReading(request)
  try {
    const mappings = request.mappings ?? (await proposedMappings(file))
    const report = request.dryRun
      ? await rehearse(operations, actor, request, file, mappings)
      : await perform(operations, actor, request, file, mappings)
    return {
      ...report,
      portfolio: request.portfolio,
      format: file.format,
      seconds: Number(((performance.now() - startedAt) / 1000).toFixed(3)),
    }
  } finally {
    await file.close()
  }
}

/** Opens the file as the mappings say: a person may have chosen another encoding or separator than the bytes suggest. */
export function openForReading({
  path,
  fileName,
  mappings = [],
}: Pick<ImportRequest, 'path' | 'fileName' | 'mappings'>): Promise<TableFile> {
  const encoding = mappings.find((mapping) => mapping.encoding !== undefined)?.encoding
  const delimiter = mappings.find((mapping) => mapping.delimiter !== undefined)?.delimiter
  return openTableFile(path, {
    ...(fileName === undefined ? {} : { fileName }),
    ...(encoding === undefined ? {} : { encoding }),
    ...(delimiter === undefined ? {} : { delimiter }),
  })
}

/** What the sheets of the file hold, as far as it can be recognised without help. */
export async function proposedMappings(file: TableFile): Promise<TableMapping[]> {
  const { sheets, proposed } = await recogniseFile(file)
  return sheets.filter((sheet) => proposed.includes(sheet.sheet)).map((sheet) => sheet.mapping)
}

type Outcome = Omit<ImportReport, 'portfolio' | 'format' | 'seconds'>

async function perform(
  operations: Operations,
  actor: Actor,
  request: ImportRequest,
  file: TableFile,
  mappings: readonly TableMapping[],
): Promise<Outcome> {
  const run = await operations.run(
    startImportRun,
    {
      collection: { key: request.portfolio, ...request.collection },
      fileName: file.fileName,
      fileDigest: await digestOfFile(request.path),
      fileBytes: (await stat(request.path)).size,
      format: file.format,
      mapping: mappings,
      sample: request.collection?.kind === 'sample',
    },
    actor,
  )
  request.onStart?.(run)
  const problems: ProblemReport[] = []
  try {
    const { sheets } = await readInBatches(file, mappings, request, async (batch) => {
      const staged = await operations.run(stageImportRows, { runId: run.id, ...batch }, actor)
      addReported(problems, [...batch.problems, ...staged.problems])
    })
    const applied = await operations.run(applyImportRun, { runId: run.id, reading: sheets }, actor)
    return { ...countsOfRun(applied), problems }
  } catch (error) {
    await operations.run(stopImportRun, { runId: run.id, ...whyStopped(error, request.signal) }, actor)
    throw error
  }
}

/** What an applied run has counted, as reports of an import say it. */
export function countsOfRun({ id, rowsRead, created, changed, unchanged, rejected, warnings }: ImportRun) {
  return { read: rowsRead, created, changed, unchanged, rejected, warnings, runId: id }
}

function addReported(problems: ProblemReport[], found: readonly ProblemReport[]): void {
  if (problems.length < REPORTED_PROBLEMS) problems.push(...found.slice(0, REPORTED_PROBLEMS - problems.length))
}

export function whyStopped(
  error: unknown,
  signal: AbortSignal | undefined,
): { outcome: 'cancelled' | 'failed'; failure?: { code: string; params: Record<string, string | number> } } {
  if (signal?.aborted) return { outcome: 'cancelled' }
  return error instanceof Problem
    ? { outcome: 'failed', failure: { code: error.code, params: error.params } }
    : { outcome: 'failed', failure: { code: 'registry.run-interrupted', params: {} } }
}

/** The same reading and planning, without writing anything. */
async function rehearse(
  operations: Operations,
  actor: Actor,
  request: ImportRequest,
  file: TableFile,
  mappings: readonly TableMapping[],
): Promise<Outcome> {
  const sum = { read: 0, created: 0, changed: 0, unchanged: 0, rejected: 0, warnings: 0 }
  const problems: ProblemReport[] = []
  const memory: PlanMemory = new Map()
  await readInBatches(file, mappings, request, async (batch) => {
    const input = { collection: request.portfolio, rows: [...batch.rows], memory }
    const planned = await operations.run(planImportRows, input, actor)
    const found = [...batch.problems, ...planned.problems]
    sum.read += batch.rowsRead
    sum.rejected += batch.rejected
    sum.warnings += found.filter((problem) => problem.level === 'warning').length
    sum.created += planned.created
    sum.changed += planned.changed
    sum.unchanged += planned.unchanged
    addReported(problems, found)
  })
  return { ...sum, runId: null, problems }
}

async function digestOfFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}
