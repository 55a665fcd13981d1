/** Reads the files of a run in batches: pieces that are known cost a digest, the others a task for the threads and a write. */
import { createHash } from 'node:crypto'
import {
  type CutPiece,
  checkRoot,
  type FileContext,
  LARGEST_PIECE_BYTES,
  MOST_PIECE_TAGS,
  type Piece,
  type PublishedFile,
  pieceDigest,
} from '../../../interop/iati/index.ts'
import { newId } from '../../../kernel/ids.ts'
import type { ProblemReport } from '../../../kernel/problems.ts'
import {
  addPublishedRows,
  type BegunRun,
  getPublishedBases,
  type KnownPiece,
  type OrganisationCounts,
  type OrganisationMarks,
} from '../../../modules/registry/index.ts'
import type { Actor, Operations } from '../../../operations/index.ts'
import type { PiecePool } from './piece-pool.ts'
import type { MergeTask, PiecePlace, ReadAnswer } from './piece-task.ts'
import { createOrganisationReader } from './read-organisations.ts'
import { type RunCounts, RunTally } from './run-tally.ts'

export interface RunEnd {
  readonly counts: RunCounts
  /** Null when no file describes any. */
  readonly organisations: OrganisationCounts | null
  readonly problems: readonly ProblemReport[]
  readonly marks: {
    readonly digest: string
    readonly withdrawn: string[]
    readonly returned: string[]
    readonly organisations: OrganisationMarks
  }
}

export interface RunReaderOptions {
  readonly operations: Operations
  readonly actor: Actor
  readonly pool: PiecePool
  readonly known: readonly KnownPiece[]
  /** Collection by its key. */
  readonly collection: string
  readonly signal?: AbortSignal
  /** Without a run nothing is written: a rehearsal. */
  readonly begun?: BegunRun
  readonly holder?: string
  onBytes?(bytes: number): void
  onFound?(problems: readonly ProblemReport[], soFar: { readonly bytesRead: number; readonly read: number }): void
}

/** Raised when the program reads more out of a piece than before: the same file again then says something new. */
export const READING_EDITION = 2

/** A batch is a block that is kept, a task and a transaction: large enough to be cheap, small enough to be waited for. */
const BATCH_PIECES = 250
const BATCH_BYTES = 1_500_000
/** Pieces that are only counted are told to the database in such steps. */
const COUNTED_PIECES = 5_000

interface StorablePiece {
  readonly identifier: string
  /** UTF-8. */
  readonly line: Uint8Array
  readonly contentDigest: string
  readonly isOwnExport: boolean
}

interface Batch {
  readonly blockId: string
  readonly fileName: string
  readonly context: FileContext
  readonly buffers: Buffer[]
  readonly places: PiecePlace[]
  bytes: number
}

/** Lines that stand one after another in the same memory are handed on as they are. */
function joinLines(lines: readonly Uint8Array[]): Uint8Array {
  const [first] = lines
  const last = lines.at(-1)
  if (!first || !last) return new Uint8Array(0)
  const isWhole = lines.every((line, index) => {
    const before = lines[index - 1]
    return before === undefined || (line.buffer === before.buffer && line.byteOffset === before.byteOffset + before.length + 1)
  })
  if (isWhole) return new Uint8Array(first.buffer, first.byteOffset, last.byteOffset + last.length - first.byteOffset)
  const newline = Buffer.from('\n')
  return Buffer.concat(lines.flatMap((line, index) => (index === 0 ? [line] : [newline, line])))
}

export function createRunReader(options: RunReaderOptions) {
  const { operations, actor, pool, begun, signal } = options
  const runId = begun?.run.id
  const isEmpty = begun ? begun.isEmpty : options.known.length === 0
  const byDigest = new Map(options.known.map((piece) => [piece.pieceDigest, piece]))
  const identifiers = new Set(options.known.map(({ identifier }) => identifier))
  const seen = new Set<string>()
  /** Which activity a piece was that is too large to be read nobody knows: then none is missing for certain. */
  let hasUnread = false
  const series = begun?.run.series ?? ''
  const runDigest = createHash('sha256')
  const tally = new RunTally()
  let bytesRead = 0
  let changedSoFar = 0
  let batch: Batch | undefined
  const organisations = createOrganisationReader({
    ...options,
    edition: READING_EDITION,
    tally,
    tellFound: () => write([], [], null),
  })
  /** Answers are awaited in the order of the file, so that two runs of one file do the same. */
  const inFlight: { readonly batch: Batch; readonly answer: Promise<ReadAnswer> }[] = []

  /** A piece that is left out, with the reason. */
  function reject(fileName: string, ...reasons: readonly ProblemReport[]): void {
    tally.find(reasons, fileName)
    tally.count('rejected')
  }

  /** The same identifier twice in one run: the second is left out, and said. */
  function isRepeated(identifier: string, line: number, fileName: string): boolean {
    if (!seen.has(identifier)) {
      seen.add(identifier)
      return false
    }
    reject(fileName, {
      code: 'iati.identifier-repeated',
      params: { found: identifier },
      level: 'error',
      place: { line, activity: identifier },
    })
    return true
  }

  function passOver(piece: KnownPiece, line: number, fileName: string): void {
    if (isRepeated(piece.identifier, line, fileName)) return
    runDigest.update(piece.pieceDigest)
    // What this run had written before it was left counts as what it did then.
    if (piece.runId !== runId) tally.count('unchanged')
    else if (piece.isStaged) {
      changedSoFar += 1
      tally.count('changed')
    } else tally.count('created')
  }

  async function takePiece(piece: Piece, fileName: string): Promise<void> {
    if (piece.kind === 'too-large') {
      hasUnread = true
      reject(fileName, {
        ...(piece.hasManyTags
          ? { code: 'iati.activity-of-many-tags', params: { limit: MOST_PIECE_TAGS } }
          : {
              code: 'iati.activity-too-large',
              params: { sizeMb: Math.round(piece.byteLength / 1_000_000), limitMb: LARGEST_PIECE_BYTES / 1_000_000 },
            }),
        level: 'error',
        place: { line: piece.line },
      })
      return
    }
    if (piece.kind === 'organisation') {
      await organisations.take(piece, fileName)
      return
    }
    const digest = `${READING_EDITION}.${pieceDigest(piece)}`
    const known = byDigest.get(digest)
    if (known) passOver(known, piece.line, fileName)
    else addToBatch(piece, digest, fileName)
    if (batch && (batch.places.length >= BATCH_PIECES || batch.bytes >= BATCH_BYTES)) await sendBatch()
    if (tally.waiting >= COUNTED_PIECES && inFlight.length === 0 && !batch) await write([], [], null)
  }

  function addToBatch({ bytes, line, context }: CutPiece, digest: string, fileName: string): void {
    batch ??= { blockId: newId(), fileName, context, buffers: [], places: [], bytes: 0 }
    batch.places.push({ start: batch.bytes, length: bytes.length, line, digest })
    batch.buffers.push(bytes)
    batch.bytes += bytes.length
  }

  async function sendBatch(): Promise<void> {
    if (!batch) return
    const sent = batch
    batch = undefined
    const bytes = new Uint8Array(sent.bytes)
    let at = 0
    for (const buffer of sent.buffers) {
      bytes.set(buffer, at)
      at += buffer.length
    }
    sent.buffers.length = 0
    const answer = pool.read({
      kind: 'read',
      blockId: sent.blockId,
      bytes,
      context: sent.context,
      places: sent.places,
      mayBeKnown: !isEmpty,
    })
    answer.catch(() => {}) // awaited in its turn
    inFlight.push({ batch: sent, answer })
    while (inFlight.length > pool.ahead) await takeAnswer()
  }

  async function takeAnswer(): Promise<void> {
    const next = inFlight.shift()
    if (!next) return
    const { pieces, lines, block } = await next.answer
    signal?.throwIfAborted()
    const { fileName, context, blockId, places } = next.batch
    const readable: StorablePiece[] = []
    for (const [index, piece] of pieces.entries()) {
      tally.countUpgrades(piece.upgrades)
      const line = places[index]?.line ?? 0
      if (piece.identifier !== undefined && piece.line !== undefined && isRepeated(piece.identifier, line, fileName)) continue
      if (piece.identifier === undefined || piece.line === undefined) {
        reject(fileName, ...piece.problems)
        continue
      }
      tally.find(piece.problems, fileName)
      runDigest.update(places[index]?.digest ?? '')
      readable.push({
        identifier: piece.identifier,
        line: lines.subarray(piece.line.start, piece.line.end),
        contentDigest: piece.contentDigest ?? '',
        isOwnExport: piece.isOwnExport ?? false,
      })
    }
    const { created, changed } = await sortOut(readable)
    await write(created, changed, { id: blockId, fileName, context, content: block })
  }

  /** New ones are written as they are; what is known is merged with what became of it. */
  async function sortOut(pieces: readonly StorablePiece[]): Promise<{ created: Uint8Array[]; changed: string[] }> {
    const created: Uint8Array[] = []
    const maybeKnown: StorablePiece[] = []
    for (const piece of pieces) {
      if (isEmpty) {
        created.push(piece.line)
        tally.count('created')
      } else maybeKnown.push(piece)
    }
    return maybeKnown.length === 0 ? { created, changed: [] } : mergeKnown(maybeKnown, created)
  }

  async function mergeKnown(
    pieces: readonly StorablePiece[],
    created: Uint8Array[],
  ): Promise<{ created: Uint8Array[]; changed: string[] }> {
    if (!runId) {
      for (const { identifier } of pieces) tally.count(identifiers.has(identifier) ? 'changed' : 'created')
      return { created, changed: [] }
    }
    const { bases, blocks } = await operations.run(
      getPublishedBases,
      { runId, identifiers: pieces.map(({ identifier }) => identifier) },
      actor,
    )
    const baseOf = new Map(bases.map((base) => [base.record.identifier, base]))
    const items: MergeTask['items'][number][] = []
    for (const piece of pieces) {
      const base = baseOf.get(piece.identifier)
      if (!base) {
        created.push(piece.line)
        tally.count('created')
        continue
      }
      items.push({
        line: Buffer.from(piece.line).toString('utf8'),
        contentDigest: piece.contentDigest,
        isOwnExport: piece.isOwnExport,
        base: base.record,
        ...(base.piece ? { before: base.piece } : {}),
      })
    }
    const changed: string[] = []
    if (items.length > 0) {
      const { merged } = await pool.merge({
        kind: 'merge',
        items,
        blocks: blocks.map(({ id, content, context }) => ({ id, content, context: context as FileContext })),
      })
      for (const { outcome, line, conflicts } of merged) {
        tally.count(outcome)
        tally.countConflicts(conflicts)
        if (line !== undefined) changed.push(line)
      }
    }
    return { created, changed }
  }

  async function write(
    created: Uint8Array[],
    changed: string[],
    block: { id: string; fileName: string; context: unknown; content: Uint8Array } | null,
  ): Promise<void> {
    options.onBytes?.(bytesRead)
    const { counts, problems } = tally.takePortion()
    options.onFound?.(problems, { bytesRead, read: tally.read })
    if (!begun || !runId) return
    await operations.run(
      addPublishedRows,
      {
        runId,
        holder: options.holder ?? '',
        created: joinLines(created),
        changed,
        changedFrom: changedSoFar,
        block: created.length + changed.length > 0 ? block : null,
        problems,
        counts,
        bytesRead,
      },
      actor,
    )
    changedSoFar += changed.length
  }

  return {
    async readFile(file: PublishedFile): Promise<void> {
      let root: FileContext | undefined
      tally.find(file.problems, file.fileName)
      for await (const piece of file.pieces(signal)) {
        signal?.throwIfAborted()
        if (root !== piece.context) tally.find(checkRoot(piece.context), file.fileName)
        root = piece.context
        bytesRead += piece.kind === 'too-large' ? piece.byteLength : piece.bytes.length
        await takePiece(piece, file.fileName)
      }
      await sendBatch()
    },

    async finish(): Promise<RunEnd> {
      await sendBatch()
      while (inFlight.length > 0) await takeAnswer()
      const described = await organisations.finish()
      runDigest.update(described.digest)
      tally.close()
      await write([], [], null)
      const ofSeries = options.known.filter((piece) => piece.series === series && piece.runId !== runId)
      return {
        counts: tally.counts,
        organisations: described.counts.read === 0 ? null : described.counts,
        problems: tally.problems,
        marks: {
          digest: runDigest.digest('hex'),
          organisations: described.marks,
          // A file without any activity is more likely a mistake than the end of everything.
          withdrawn:
            seen.size === 0 || hasUnread
              ? []
              : ofSeries
                  .filter((piece) => !piece.isWithdrawn && !seen.has(piece.identifier))
                  .map(({ initiativeId }) => initiativeId),
          returned: ofSeries
            .filter((piece) => piece.isWithdrawn && seen.has(piece.identifier))
            .map(({ initiativeId }) => initiativeId),
        },
      }
    },
  }
}
