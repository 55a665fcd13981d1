/**
 * Imports a published file, or many in an archive or folder: pieces are cut out as the bytes come, known ones are passed over by their
 * digest, the others are read in threads while the database writes. Nobody sees any of it until the run is applied as a whole.
 */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { openPublishedFiles } from '../../../interop/iati/index.ts'
import { newId } from '../../../kernel/ids.ts'
import { Problem, type ProblemReport } from '../../../kernel/problems.ts'
import { listOrgKeys } from '../../../modules/directory/index.ts'
import {
  addOrganisations,
  addPublishedRows,
  applyImportRun,
  type BegunRun,
  beginPublishedRun,
  clearImportRun,
  type ImportRun,
  listKnownPieces,
  type OrganisationCounts,
  stopImportRun,
  touchPublishedRun,
} from '../../../modules/registry/index.ts'
import type { Actor, Operations } from '../../../operations/index.ts'
import { type ImportReport, type ImportRequest, REPORTED_PROBLEMS, whyStopped } from '../import-table-file.ts'
import { openPiecePool } from './piece-pool.ts'
import { createRunReader, READING_EDITION } from './read-run.ts'
import type { RunCounts } from './run-tally.ts'

export interface PublishedImportRequest
  extends Pick<ImportRequest, 'path' | 'fileName' | 'portfolio' | 'collection' | 'dryRun' | 'signal' | 'onStart'> {
  /** Address from which the file came; the next file from there is its next edition. */
  readonly address?: string
  /** What later files are the next edition of, where it is neither the address nor the name of the file. */
  readonly series?: string
  /** Another run is reading into the collection: said once, before waiting for it. */
  onWait?(fileName: string): void
  /** Of a rehearsal: what was found since it was last told, and how far it is. The report has the first problems only. */
  onFound?(problems: readonly ProblemReport[], soFar: { readonly bytesRead: number; readonly read: number }): void
}

export interface PublishedImportReport extends ImportReport {
  /** Activities that an earlier file of the series had and this one has no longer. */
  readonly withdrawn: number
  /** Fields that a person and the file changed differently. */
  readonly conflicts: number
  /** Organisations that the file describes, counted apart from its activities; null when it describes none. */
  readonly organisations: OrganisationCounts | null
  /** How often each mapping from an older version of the standard was used. */
  readonly upgrades: Readonly<Record<string, number>>
  /** The run had been left by another process and was taken up again. */
  readonly resumed: boolean
}

export async function importPublishedFile(
  operations: Operations,
  actor: Actor,
  request: PublishedImportRequest,
): Promise<PublishedImportReport> {
  const startedAt = performance.now()
  const seconds = () => Number(((performance.now() - startedAt) / 1000).toFixed(3))
  if (request.dryRun) return { ...(await rehearse(operations, actor, request)), seconds: seconds() }
  const holder = newId()
  const begun = await begin(operations, actor, request, holder)
  request.onStart?.(begun.run)
  const stop = new AbortController()
  const signal = request.signal ? AbortSignal.any([stop.signal, request.signal]) : stop.signal
  const life = keepAlive(operations, actor, begun.run.id, holder, stop)
  try {
    const outcome = await readAndApply(operations, actor, request, begun, holder, signal, life)
    return { ...outcome, seconds: seconds() }
  } catch (error) {
    life.stop()
    const reason = life.whyStopped() ?? error
    await giveUp(operations, actor, begun.run.id, reason, request.signal)
    throw reason
  } finally {
    life.stop()
  }
}

/** Waits for whoever reads into the collection, and clears away what a dead process left of another file. */
async function begin(operations: Operations, actor: Actor, request: PublishedImportRequest, holder: string): Promise<BegunRun> {
  const fileName = request.fileName ?? basename(request.path)
  const input = {
    collection: { key: request.portfolio, ...request.collection },
    fileName,
    fileDigest: await digestOf(request.path),
    fileBytes: (await stat(request.path)).size,
    format: 'iati',
    series: request.series ?? request.address ?? fileName,
    edition: READING_EDITION,
    ...(request.address === undefined ? {} : { address: request.address }),
    holder,
  }
  let hasSaid = false
  for (;;) {
    const answer = await operations.run(beginPublishedRun, input, actor)
    if (answer.kind === 'begun') return answer.begun
    if (answer.kind === 'to-clear') await clear(operations, actor, answer.runId)
    else {
      if (!hasSaid) request.onWait?.(answer.fileName)
      hasSaid = true
      await wait(1_000, undefined, request.signal ? { signal: request.signal } : {})
    }
  }
}

/** Takes away what a run wrote, step by step, so that readers are served in between. */
export async function clear(operations: Operations, actor: Actor, runId: string): Promise<void> {
  for (;;) if ((await operations.run(clearImportRun, { runId }, actor)).isCleared) return
}

async function giveUp(
  operations: Operations,
  actor: Actor,
  runId: string,
  reason: unknown,
  signal: AbortSignal | undefined,
): Promise<void> {
  // A paused run waits for the same file; one that another process has taken over is that one's.
  if (reason instanceof Problem && ['registry.run-paused', 'registry.run-taken-over'].includes(reason.code)) return
  await operations.run(stopImportRun, { runId, ...whyStopped(reason, signal) }, actor)
  await clear(operations, actor, runId)
}

interface Life {
  /** Bytes read so far, told with the next sign of life. */
  read(bytes: number): void
  whyStopped(): unknown
  stop(): void
}

const SIGN_OF_LIFE_MS = 2_000

/** Tells every two seconds that the run is being read, and hears whether somebody has paused or cancelled it. */
function keepAlive(operations: Operations, actor: Actor, runId: string, holder: string, stop: AbortController): Life {
  let bytesRead = 0
  let reason: unknown
  let isTelling = false
  const timer = setInterval(async () => {
    if (isTelling) return
    isTelling = true
    try {
      await operations.run(touchPublishedRun, { runId, holder, bytesRead }, actor)
    } catch (error) {
      reason ??= error
      stop.abort(error)
    } finally {
      isTelling = false
    }
  }, SIGN_OF_LIFE_MS)
  timer.unref()
  return {
    read: (bytes) => {
      bytesRead = bytes
    },
    whyStopped: () => reason,
    stop: () => clearInterval(timer),
  }
}

type Outcome = Omit<PublishedImportReport, 'seconds'>

async function readAndApply(
  operations: Operations,
  actor: Actor,
  request: PublishedImportRequest,
  begun: BegunRun,
  holder: string,
  signal: AbortSignal,
  life: Life,
): Promise<Outcome> {
  const { run } = begun
  if (begun.same) return passOver(operations, actor, request.portfolio, begun, begun.same, holder)
  const pool = openPiecePool({
    run: {
      runId: run.id,
      collectionId: begun.collectionId,
      entryState: begun.entryState,
      ownerOrg: begun.ownerOrg,
      visibility: begun.visibility,
      actorId: actor.id,
      at: new Date().toISOString(),
    },
    orgKeys: await operations.run(listOrgKeys, {}, actor),
  })
  try {
    const known = await operations.run(listKnownPieces, { collection: request.portfolio, runId: run.id }, actor)
    const reader = createRunReader({
      operations,
      actor,
      pool,
      known,
      collection: request.portfolio,
      begun,
      holder,
      signal,
      onBytes: life.read,
    })
    for await (const file of openPublishedFiles(sourceOf(request), { signal })) await reader.readFile(file)
    const end = await reader.finish()
    life.stop()
    const reading = { upgrades: end.counts.upgrades }
    const applied = await operations.run(applyImportRun, { runId: run.id, reading, published: { holder, ...end.marks } }, actor)
    return outcomeOf(applied, request.portfolio, end.counts, end.problems, begun.resumed)
  } finally {
    await pool.close()
  }
}

const NONE_DESCRIBED: OrganisationCounts = { read: 0, created: 0, changed: 0, unchanged: 0, rejected: 0 }

/** The very same file came last: nothing of it is new, and nothing need be read. */
async function passOver(
  operations: Operations,
  actor: Actor,
  portfolio: string,
  { run }: BegunRun,
  { read, digest, organisations }: NonNullable<BegunRun['same']>,
  holder: string,
): Promise<Outcome> {
  const counts = { read, created: 0, changed: 0, unchanged: read, rejected: 0 }
  const nothing = { created: new Uint8Array(0), changed: [], changedFrom: 0, block: null, problems: [], bytesRead: run.fileBytes }
  await operations.run(addPublishedRows, { runId: run.id, holder, ...nothing, counts }, actor)
  if (organisations) {
    const asBefore = { ...NONE_DESCRIBED, read: organisations.read, unchanged: organisations.read }
    await operations.run(addOrganisations, { runId: run.id, holder, organisations: [], blocks: [], counts: asBefore }, actor)
  }
  const published = { holder, digest, withdrawn: [], returned: [] }
  const applied = await operations.run(applyImportRun, { runId: run.id, published }, actor)
  return outcomeOf(applied, portfolio, { ...counts, warnings: 0, conflicts: 0, upgrades: {} }, [], false)
}

function sourceOf({ path, fileName }: PublishedImportRequest) {
  return { path, ...(fileName === undefined ? {} : { fileName }) }
}

function outcomeOf(
  run: ImportRun,
  portfolio: string,
  counts: RunCounts,
  problems: readonly ProblemReport[],
  resumed: boolean,
): Outcome {
  return {
    portfolio,
    format: run.format,
    read: run.rowsRead,
    created: run.created,
    changed: run.changed,
    unchanged: run.unchanged,
    rejected: run.rejected,
    warnings: run.warnings,
    withdrawn: run.withdrawn,
    conflicts: run.conflicts,
    organisations: run.organisations,
    upgrades: counts.upgrades,
    resumed,
    runId: run.id,
    problems: problems.slice(0, REPORTED_PROBLEMS),
  }
}

/** Reads and checks everything, and compares by identifier and content, without writing anything. */
async function rehearse(operations: Operations, actor: Actor, request: PublishedImportRequest): Promise<Outcome> {
  const none = {
    runId: '',
    collectionId: '',
    entryState: 'published',
    ownerOrg: null,
    visibility: 'public',
    actorId: actor.id,
    at: '',
  } as const
  const pool = openPiecePool({ run: none, orgKeys: await operations.run(listOrgKeys, {}, actor) })
  try {
    const known = await operations.run(listKnownPieces, { collection: request.portfolio }, actor)
    const told = request.onFound ? { onFound: request.onFound } : {}
    const stopped = request.signal ? { signal: request.signal } : {}
    const reader = createRunReader({ operations, actor, pool, known, collection: request.portfolio, ...told, ...stopped })
    for await (const file of openPublishedFiles(sourceOf(request), stopped)) await reader.readFile(file)
    const { counts, organisations, problems, marks } = await reader.finish()
    const { upgrades, conflicts, ...sums } = counts
    return {
      ...sums,
      portfolio: request.portfolio,
      format: 'iati',
      withdrawn: marks.withdrawn.length,
      conflicts,
      organisations,
      upgrades,
      resumed: false,
      runId: null,
      problems: problems.slice(0, REPORTED_PROBLEMS),
    }
  } finally {
    await pool.close()
  }
}

/** Of a folder: names, sizes and times of what is in it. */
async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  if ((await stat(path)).isDirectory()) {
    const names = (await readdir(path, { recursive: true })).sort()
    for (const name of names) {
      const { size, mtimeMs } = await stat(join(path, name))
      hash.update(JSON.stringify([name, size, mtimeMs]))
    }
    return hash.digest('hex')
  }
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer)
  return hash.digest('hex')
}
