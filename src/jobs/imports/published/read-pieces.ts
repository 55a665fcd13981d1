/** One piece after another, each by itself: a piece that cannot be stored is left out with its reasons, the others come in. */
import { zstdCompressSync } from 'node:zlib'
import {
  checkActivity,
  contentDigestOf,
  type FileContext,
  factsOfActivity,
  isRejecting,
  listedYearsOf,
  ownIdentifierOf,
  parseElement,
  readExtensions,
  restoreKept,
  upgradeActivity,
  type XmlElement,
} from '../../../interop/iati/index.ts'
import { newId } from '../../../kernel/ids.ts'

import type { ProblemReport } from '../../../kernel/problems.ts'
import { foldName } from '../../../modules/directory/index.ts'
import {
  deriveColumns,
  type InitiativeFacts,
  type InitiativeRecord,
  type SourceOfRow,
  searchVectorOf,
} from '../../../modules/registry/index.ts'
import type { PoolSetup, ReadAnswer, ReadPiece, ReadTask } from './piece-task.ts'

export interface PieceReader {
  read(task: ReadTask): ReadAnswer
  /** What a piece states, for a comparison with what was made of it since; and the digest of all that it says. */
  statedBy(bytes: Uint8Array, context: FileContext): { readonly facts: InitiativeFacts; readonly contentDigest: string }
  /** The line of a record as the run writes it. */
  lineOf(record: InitiativeRecord, source: SourceOfRow, more?: Readonly<Record<string, unknown>>): string
  readonly setup: PoolSetup
}

export function createPieceReader(setup: PoolSetup): PieceReader {
  const findOrg = createOrgLookUp(setup)

  function stateOf(activity: XmlElement, context: FileContext) {
    const { activity: upgraded, notes } = upgradeActivity(activity, context.version)
    const current = restoreKept(upgraded)
    const stated = factsOfActivity(current, { context, findOrg })
    const facts = withoutUndefined({ ...stated.facts, ...readExtensions(current, stated.facts) })
    return { current, notes, stated: { ...stated, facts, identifier: ownIdentifierOf(current) ?? stated.identifier } }
  }

  function readPiece(task: ReadTask, place: ReadTask['places'][number]): ReadPiece {
    const text = Buffer.from(task.bytes.buffer, task.bytes.byteOffset + place.start, place.length).toString('utf8')
    const { current, notes, stated } = stateOf(parseElement(text, place.line, task.context.namespaces), task.context)
    const broken = checkActivity(current, task.context)
    const problems = [...broken, ...stated.problems.filter((problem) => !isToldBy(broken, problem))]
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
    const line = lineOf(newRecord(identifier, stated.facts, place.digest, listedYearsOf(current)), source)
    const digest = task.mayBeKnown ? { contentDigest: contentDigestOf(current, task.context.namespaces) } : {}
    return { identifier, line, problems, upgrades: notes, ...digest }
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
      const pieces = task.places.map((place) => readPiece(task, place))
      return { pieces, block: own(zstdCompressSync(task.bytes)) }
    },
    statedBy(bytes, context) {
      const { current, stated } = stateOf(parseElement(Buffer.from(bytes).toString('utf8'), 1), context)
      return { facts: stated.facts, contentDigest: contentDigestOf(current, context.namespaces) }
    },
  }
}

type YearListed = ReturnType<typeof listedYearsOf>[number]

/** What the reading assumed about a value that a rule has found wrong need not be said twice. */
const TOLD_BY: Readonly<Record<string, string>> = {
  'iati.amount-not-read': 'iati.value-of-wrong-kind',
  'iati.currency-not-stated': 'iati.currency-missing',
  'iati.end-before-start': 'iati.period-order',
}

function isToldBy(broken: readonly ProblemReport[], { code, place }: ProblemReport): boolean {
  const rule = TOLD_BY[code]
  return rule !== undefined && broken.some((other) => other.code === rule && other.place?.line === place?.line)
}

/** A section that an extension clears is not stated. */
function withoutUndefined(facts: InitiativeFacts): InitiativeFacts {
  for (const value of Object.values(facts)) {
    if (value === undefined)
      return Object.fromEntries(Object.entries(facts).filter(([, one]) => one !== undefined)) as InitiativeFacts
  }
  return facts
}

function lineOf(record: InitiativeRecord, source: SourceOfRow, more: Readonly<Record<string, unknown>> = {}): string {
  const { searchWords, ...derived } = deriveColumns(record)
  return JSON.stringify({ record, derived: { ...derived, searchVector: searchVectorOf(searchWords) }, source, ...more })
}

/** A buffer of its own memory can be handed to another thread without a copy. */
function own(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer)
}

/** Names that the run has asked for already. */
const MOST_REMEMBERED = 50_000

function createOrgLookUp({ orgKeys }: PoolSetup) {
  const byKey = new Map(orgKeys.map(({ folded, orgId, iso3 }) => [folded, { orgId, ...(iso3 === null ? {} : { iso3 }) }]))
  const answers = new Map<string, { orgId: string; iso3?: string } | undefined>()

  function find(text: string) {
    if (!answers.has(text)) {
      if (answers.size > MOST_REMEMBERED) answers.clear()
      answers.set(text, byKey.get(foldName(text)))
    }
    return answers.get(text)
  }

  return (ref: string | undefined, names: readonly string[]) => {
    const found = ref === undefined ? undefined : find(ref)
    if (found) return found
    for (const name of names) {
      const org = find(name)
      if (org) return org
    }
    return undefined
  }
}
