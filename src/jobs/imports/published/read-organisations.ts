/**
 * The organisations that a file describes, beside its activities: a file has few of them, so they are read where the file is cut. Known
 * pieces are passed over by their digest; what is new or says something new is written with its piece, hidden until the run is applied.
 */
import { createHash } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { zstdCompressSync } from 'node:zlib'
import {
  type CutPiece,
  checkOrganisation,
  contentDigestOf,
  type FileContext,
  isRejecting,
  parseElement,
  pieceDigest,
} from '../../../interop/iati/index.ts'
import { newId } from '../../../kernel/ids.ts'
import type { ProblemReport } from '../../../kernel/problems.ts'
import { listOrgKeys } from '../../../modules/directory/index.ts'
import {
  addOrganisations,
  type BegunRun,
  type KnownOrganisation,
  listKnownOrganisations,
  type OrganisationCounts,
  type OrganisationMarks,
  type ReadOrganisation,
  type SourceBlock,
} from '../../../modules/registry/index.ts'
import type { Actor, Operations } from '../../../operations/index.ts'
import { createPublishedOrgFinder } from './org-finder.ts'
import type { RunTally } from './run-tally.ts'
import { stateOrganisation } from './state-organisation.ts'
import type { OrgFinder } from './state-piece.ts'
import { withoutToldTwice } from './told-twice.ts'

export interface OrganisationReaderOptions {
  readonly operations: Operations
  readonly actor: Actor
  /** Collection by its key. */
  readonly collection: string
  /** Raised when more is read out of a piece than before. */
  readonly edition: number
  readonly tally: RunTally
  /** Without a run nothing is written: a rehearsal. */
  readonly begun?: BegunRun
  readonly holder?: string
  /** Writes what was found so far: before the organisations, so that a run which goes on tells again what it had not written. */
  tellFound(): Promise<void>
}

export interface OrganisationsEnd {
  readonly counts: OrganisationCounts
  /** Of all pieces, in the order of the file; empty when there was none. */
  readonly digest: string
  readonly marks: OrganisationMarks
}

export interface OrganisationReader {
  take(piece: CutPiece, fileName: string): Promise<void>
  finish(): Promise<OrganisationsEnd>
}

const BATCH_PIECES = 100
const BATCH_BYTES = 4_000_000

/** Pieces of one file that will stand in one block. */
interface OpenBlock {
  readonly id: string
  readonly fileName: string
  readonly context: FileContext
  readonly buffers: Buffer[]
  bytes: number
}

/** What is asked once, when the first organisation comes. */
interface Before {
  readonly known: ReadonlyMap<string, KnownOrganisation>
  readonly byDigest: ReadonlyMap<string, KnownOrganisation>
  readonly findOrg: OrgFinder
}

export function createOrganisationReader(options: OrganisationReaderOptions): OrganisationReader {
  const { operations, actor, begun, tally } = options
  const runId = begun?.run.id
  const counts = { read: 0, created: 0, changed: 0, unchanged: 0, rejected: 0 }
  const digest = createHash('sha256')
  const seen = new Set<string>()
  /** Seen as they stand already: a mark that they were withdrawn goes. */
  const unchanged = new Set<string>()
  let blocks: OpenBlock[] = []
  let waiting: ReadOrganisation[] = []
  let bytes = 0
  let before: Promise<Before> | undefined

  async function readBefore(): Promise<Before> {
    const known = await operations.run(
      listKnownOrganisations,
      { collection: options.collection, ...(runId === undefined ? {} : { runId }) },
      actor,
    )
    return {
      known: new Map(known.map((one) => [one.identifier, one])),
      byDigest: new Map(known.map((one) => [one.pieceDigest, one])),
      findOrg: createPublishedOrgFinder(await operations.run(listOrgKeys, {}, actor)),
    }
  }

  function count(outcome: Exclude<keyof OrganisationCounts, 'read'>): void {
    counts.read += 1
    counts[outcome] += 1
  }

  function reject(fileName: string, problems: readonly ProblemReport[]): void {
    tally.find(problems, fileName)
    count('rejected')
  }

  /** The same identifier twice in one run: the second is left out, and said. */
  function isRepeated(identifier: string, line: number, fileName: string): boolean {
    if (!seen.has(identifier)) {
      seen.add(identifier)
      return false
    }
    const place = { line, activity: identifier }
    reject(fileName, [{ code: 'iati.organisation-repeated', params: { found: identifier }, level: 'error', place }])
    return true
  }

  function passOver(known: KnownOrganisation): void {
    digest.update(known.pieceDigest)
    unchanged.add(known.identifier)
    // What this run had written before it was left counts as what it did then.
    count(known.runId !== runId ? 'unchanged' : known.hasEarlier ? 'changed' : 'created')
  }

  async function read(piece: CutPiece, mark: string, fileName: string, { known, findOrg }: Before): Promise<void> {
    const { context, line } = piece
    const element = parseElement(piece.bytes.toString('utf8'), line, context.namespaces)
    const { organisation, notes, identifier, facts, statedAt, problems: found } = stateOrganisation(element, context, findOrg)
    tally.countUpgrades(notes)
    const problems = withoutToldTwice(checkOrganisation(organisation, context), found)
    if (identifier === undefined || problems.some(isRejecting)) {
      if (identifier !== undefined) seen.add(identifier)
      reject(fileName, problems)
      return
    }
    if (isRepeated(identifier, line, fileName)) return
    tally.find(problems, fileName)
    digest.update(mark)
    const contentDigest = contentDigestOf(organisation, context.namespaces)
    const earlier = known.get(identifier)
    if (earlier?.contentDigest === contentDigest) {
      unchanged.add(identifier)
      count('unchanged')
      return
    }
    count(earlier ? 'changed' : 'created')
    if (!begun) return
    const block = blockFor(context, fileName)
    const source = {
      blockId: block.id,
      start: block.bytes,
      length: piece.bytes.length,
      pieceDigest: mark,
      statedAt: statedAt ?? null,
    }
    waiting.push({ identifier, facts, contentDigest, source })
    block.buffers.push(Buffer.from(piece.bytes))
    block.bytes += piece.bytes.length
    bytes += piece.bytes.length
    if (waiting.length >= BATCH_PIECES || bytes >= BATCH_BYTES) await write()
  }

  function blockFor(context: FileContext, fileName: string): OpenBlock {
    const last = blocks.at(-1)
    if (last?.context === context && last.fileName === fileName) return last
    const block = { id: newId(), fileName, context, buffers: [], bytes: 0 }
    blocks.push(block)
    return block
  }

  async function write(): Promise<void> {
    if (!begun) return
    await options.tellFound()
    const packed = blocks.map(
      ({ id, fileName, context, buffers }): SourceBlock => ({
        id,
        fileName,
        context,
        content: zstdCompressSync(Buffer.concat(buffers)),
      }),
    )
    const organisations = waiting
    blocks = []
    waiting = []
    bytes = 0
    const input = { runId: begun.run.id, holder: options.holder ?? '', organisations, blocks: packed, counts }
    await operations.run(addOrganisations, input, actor)
  }

  return {
    async take(piece, fileName) {
      before ??= readBefore()
      const mark = `${options.edition}.${pieceDigest(piece)}`
      const state = await before
      const known = state.byDigest.get(mark)
      if (!known) {
        await read(piece, mark, fileName, state)
        await nextTurn()
      } else if (!isRepeated(known.identifier, piece.line, fileName)) passOver(known)
    },

    async finish() {
      if (counts.read > 0) await write()
      const ofSeries = before ? [...(await before).known.values()].filter(({ series }) => series === begun?.run.series) : []
      return {
        counts,
        digest: counts.read === 0 ? '' : digest.digest('hex'),
        marks: {
          // A file that describes no organisation at all says nothing about those of another one.
          withdrawn:
            seen.size === 0 ? [] : ofSeries.filter((one) => !one.isWithdrawn && !seen.has(one.identifier)).map(({ id }) => id),
          returned: ofSeries.filter((one) => one.isWithdrawn && unchanged.has(one.identifier)).map(({ id }) => id),
        },
      }
    },
  }
}
