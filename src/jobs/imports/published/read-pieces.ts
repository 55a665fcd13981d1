/** One piece after another, each by itself: a piece that cannot be stored is left out with its reasons, the others come in. */
import { constants, zstdCompressSync } from 'node:zlib'
import {
  checkActivity,
  contentDigestOf,
  type FileContext,
  isRejecting,
  parseElement,
  type XmlElement,
} from '../../../interop/iati/index.ts'
import { newId } from '../../../kernel/ids.ts'

import {
  deriveColumns,
  type InitiativeFacts,
  type InitiativeRecord,
  type SourceOfRow,
  searchVectorOf,
} from '../../../modules/registry/index.ts'
import { createPublishedOrgFinder } from './org-finder.ts'
import type { PoolSetup, ReadAnswer, ReadPiece, ReadTask } from './piece-task.ts'
import { statePiece } from './state-piece.ts'
import { withoutToldTwice } from './told-twice.ts'

export interface PieceReader {
  read(task: ReadTask): ReadAnswer
  /** What a piece states, for a comparison with what was made of it since; and the digest of what it says, as an own export counts. */
  statedBy(
    bytes: Uint8Array,
    context: FileContext,
    asOwnExport: boolean,
  ): { readonly facts: InitiativeFacts; readonly contentDigest: string }
  /** The line of a record as the run writes it. */
  lineOf(record: InitiativeRecord, source: SourceOfRow, more?: Readonly<Record<string, unknown>>): string
  readonly setup: PoolSetup
}

/** XML packs eight to one at the lowest level, and hardly better at a higher one. */
const QUICKLY = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }

export function createPieceReader(setup: PoolSetup): PieceReader {
  const findOrg = createPublishedOrgFinder(setup.orgKeys)

  function readPiece(task: ReadTask, place: ReadTask['places'][number]): Omit<ReadPiece, 'line'> & { line?: string } {
    const text = Buffer.from(task.bytes.buffer, task.bytes.byteOffset + place.start, place.length).toString('utf8')
    const stated = statePiece(parseElement(text, place.line, task.context.namespaces), task.context, findOrg)
    const { activity: current, notes } = stated
    const broken = checkActivity(current, task.context)
    const problems = withoutToldTwice(broken, stated.problems)
    const { identifier } = stated
    if (identifier === undefined || problems.some(isRejecting)) {
      return { ...(identifier === undefined ? {} : { identifier }), problems, upgrades: notes }
    }
    const source = {
      blockId: task.blockId,
      start: place.start,
      length: place.length,
      pieceDigest: place.digest,
      statedAt: stated.statedAt ?? null,
    }
    const line = lineOf(newRecord(identifier, stated.facts, place.digest, stated.listedYears), source)
    const { isOwnExport } = stated
    const known = task.mayBeKnown ? { contentDigest: digestOf(current, task.context, isOwnExport), isOwnExport } : {}
    return { identifier, line, problems, upgrades: notes, ...known }
  }

  function newRecord(identifier: string, facts: InitiativeFacts, digest: string, years: YearListed[]): InitiativeRecord {
    const { run } = setup
    return {
      id: newId(),
      collectionId: run.collectionId,
      identifier,
      state: run.entryState,
      version: 1,
      publishedVersion: run.entryState === 'published' ? 1 : null,
      importDigest: `=${digest}`,
      createdAt: run.at,
      createdBy: run.actorId,
      updatedAt: run.at,
      updatedBy: run.actorId,
      ownerOrg: run.ownerOrg,
      visibility: run.visibility,
      facts,
      listed: (years.length > 0 ? years : [{ year: null, groupKey: null }]).map(({ year, groupKey }) => ({
        id: newId(),
        year,
        sourceRow: null,
        runId: run.runId,
        revision: null,
        groupKey,
      })),
    }
  }

  return {
    setup,
    lineOf,
    read(task) {
      const lines: string[] = []
      let end = -1
      const pieces = task.places.map((place): ReadPiece => {
        const { line, ...piece } = readPiece(task, place)
        if (line === undefined) return piece
        const start = end + 1
        end = start + Buffer.byteLength(line)
        lines.push(line)
        return { ...piece, line: { start, end } }
      })
      return { pieces, lines: own(Buffer.from(lines.join('\n'))), block: own(zstdCompressSync(task.bytes, QUICKLY)) }
    },
    statedBy(bytes, context, asOwnExport) {
      const { activity, facts } = statePiece(parseElement(Buffer.from(bytes).toString('utf8'), 1), context, findOrg)
      return { facts, contentDigest: digestOf(activity, context, asOwnExport) }
    },
  }
}

function digestOf(activity: XmlElement, { namespaces }: FileContext, isOwnExport: boolean): string {
  return contentDigestOf(activity, namespaces, isOwnExport ? 'left-out' : 'counted')
}

type YearListed = ReturnType<typeof statePiece>['listedYears'][number]

function lineOf(record: InitiativeRecord, source: SourceOfRow, more: Readonly<Record<string, unknown>> = {}): string {
  const { searchWords, ...derived } = deriveColumns(record)
  return JSON.stringify({ record, derived: { ...derived, searchVector: searchVectorOf(searchWords) }, source, ...more })
}

/** A buffer of its own memory can be handed to another thread without a copy. */
function own(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer)
}
