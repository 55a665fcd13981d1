/**
 * Imports a package that another instance has signed: checked whole before anything is stored, then a run like any other, visible
 * as a whole and taken back as a whole. A record is known again by its id at its origin, so that a later release changes the same one.
 */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { isReleasePackage, type OpenedPackage, openPackage, type PackageRecord } from '../../interop/releases/index.ts'
import { defineProblems, Problem, type ProblemReport } from '../../kernel/problems.ts'
import { listOrgKeys } from '../../modules/directory/index.ts'
import {
  applyImportRun,
  beginReceivedRelease,
  findReceivedRecords,
  findReceivingCollection,
  getInstance,
  type ImportedRow,
  isCollectionKey,
  listTrustedInstances,
  noteReceivedRecords,
  type PlanMemory,
  planImportRows,
  type ReleaseOrigin,
  stageImportRows,
  startImportRun,
  stopImportRun,
  trustInstance,
} from '../../modules/registry/index.ts'
import type { Actor, Operations } from '../../operations/index.ts'
import { suggestCollectionKey } from '../imports/collection-key.ts'
import {
  countsOfRun,
  type ImportReport,
  type ImportRequest,
  REPORTED_PROBLEMS,
  whyStopped,
} from '../imports/import-table-file.ts'
import { createPublishedOrgFinder } from '../imports/published/org-finder.ts'
import { localFacts, type OrgFinder } from './local-facts.ts'

defineProblems('releases', {
  'own-package': { kind: 'conflict', params: ['instance'] },
  'key-changed': { kind: 'refused', params: ['instance', 'fingerprint', 'known'] },
  'key-not-this': { kind: 'invalid', params: ['found', 'accepted'] },
})

export interface ReleaseImportRequest extends ImportRequest {
  /** Fingerprint that a person has compared: the key is trusted from now on. */
  readonly trust?: string | undefined
}

/** Errors: Problems `releases.*`; then nothing of the package was stored. */
export async function importRelease(operations: Operations, actor: Actor, request: ReleaseImportRequest): Promise<ImportReport> {
  const startedAt = performance.now()
  const opened = await openPackage(request.path)
  await requireTrusted(operations, actor, opened, request)
  const { portfolio } = request
  const batches = () => readBatches(operations, actor, opened, portfolio, request.signal)
  const report = request.dryRun
    ? await rehearse(operations, actor, portfolio, batches())
    : await perform(operations, actor, request, opened, batches())
  return { ...report, portfolio, format: FORMAT, seconds: Number(((performance.now() - startedAt) / 1000).toFixed(3)) }
}

const FORMAT = 'release'

/** Whether the key of a package is known, new, or another than the one that this instance is known by. */
export async function trustIn(
  operations: Operations,
  actor: Actor,
  { origin, fingerprint }: OpenedPackage,
): Promise<{ readonly state: 'known' | 'new' | 'changed' | 'own'; readonly known: readonly string[] }> {
  const own = await operations.run(getInstance, {}, actor)
  const trusted = await operations.run(listTrustedInstances, {}, actor)
  const known = trusted.filter(({ instanceId }) => instanceId === origin.instance.id).map((one) => one.fingerprint)
  if (own.id === origin.instance.id) return { state: 'own', known }
  if (known.includes(fingerprint)) return { state: 'known', known }
  return { state: known.length > 0 ? 'changed' : 'new', known }
}

async function requireTrusted(
  operations: Operations,
  actor: Actor,
  opened: OpenedPackage,
  { trust, dryRun }: Pick<ReleaseImportRequest, 'trust' | 'dryRun'>,
): Promise<void> {
  const { origin, fingerprint, publicKey } = opened
  const instance = origin.instance.name
  const { state, known } = await trustIn(operations, actor, opened)
  if (state === 'own') throw new Problem('releases.own-package', { instance })
  if (state === 'known') return
  const compared = trust?.replace(/[\s:-]/g, '').toLowerCase()
  if (compared === undefined) {
    throw state === 'new'
      ? new Problem('releases.key-unknown', { instance, fingerprint })
      : new Problem('releases.key-changed', { instance, fingerprint, known: known.join(', ') })
  }
  if (compared !== fingerprint)
    throw new Problem('releases.key-not-this', { found: compared.slice(0, 80) || '–', accepted: fingerprint })
  if (dryRun) return
  await operations.run(trustInstance, { instanceId: origin.instance.id, name: instance, fingerprint, publicKey }, actor)
}

/** Key of the collection that a package goes to when nothing is said; undefined for another kind of file. Errors: `releases.*`. */
export async function portfolioOfRelease(operations: Operations, actor: Actor, path: string): Promise<string | undefined> {
  if ((await stat(path)).isDirectory() || !(await isReleasePackage(path))) return undefined
  try {
    return await collectionFor(operations, actor, await openPackage(path))
  } catch (error) {
    // What is wrong with it the import says.
    if (error instanceof Problem) return undefined
    throw error
  }
}

/** The collection that the last release of the instance went to, or a new one with its name. */
export async function collectionFor(operations: Operations, actor: Actor, { origin }: OpenedPackage): Promise<string> {
  const { collection } = await operations.run(findReceivingCollection, { instanceId: origin.instance.id }, actor)
  if (collection !== null) return collection
  const key = suggestCollectionKey(origin.instance.name)
  return isCollectionKey(key) ? key : 'received'
}

interface ReleaseBatch {
  readonly rows: ImportedRow[]
  readonly records: { record: string; version: number; identifier: string }[]
}

/** Records prepared in one transaction. */
const BATCH_RECORDS = 200

async function* readBatches(
  operations: Operations,
  actor: Actor,
  opened: OpenedPackage,
  collection: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<ReleaseBatch> {
  const findOrg: OrgFinder = createPublishedOrgFinder(await operations.run(listOrgKeys, {}, actor))
  const { id: instanceId } = opened.origin.instance
  const used = new Map<string, string>()
  let seq = 0
  let waiting: PackageRecord[] = []
  const take = async (): Promise<ReleaseBatch> => {
    const known = await operations.run(
      findReceivedRecords,
      {
        collection,
        instanceId,
        records: waiting.map(({ record }) => record),
        identifiers: waiting.flatMap(({ identifier }) => identifier ?? []),
      },
      actor,
    )
    const rows: ImportedRow[] = []
    const records: ReleaseBatch['records'] = []
    for (const one of waiting) {
      const identifier = known.identifiers[one.record] ?? freeIdentifier(one)
      used.set(identifier, one.record)
      records.push({ record: one.record, version: one.version, identifier })
      const facts = localFacts(one, findOrg)
      const years = one.listed.length > 0 ? one.listed : [{ year: null, sourceRow: null, revision: null, groupKey: null }]
      for (const listed of years) {
        rows.push({ seq, identifier, facts, listed, partial: true })
        seq += 1
      }
    }
    waiting = []
    return { rows, records }

    /** An identifier that belongs to another record of its origin would mix the two: then the id there stands in its place. */
    function freeIdentifier({ record, identifier }: PackageRecord): string {
      if (identifier === undefined) return record
      const owner = known.taken[identifier]
      const isOthers = (owner !== undefined && owner !== `${instanceId}/${record}`) || (used.get(identifier) ?? record) !== record
      return isOthers ? record : identifier
    }
  }
  for await (const record of opened.records()) {
    signal?.throwIfAborted()
    waiting.push(record)
    if (waiting.length >= BATCH_RECORDS) yield await take()
  }
  if (waiting.length > 0) yield await take()
}

type Outcome = Omit<ImportReport, 'portfolio' | 'format' | 'seconds'>

async function perform(
  operations: Operations,
  actor: Actor,
  request: ReleaseImportRequest,
  opened: OpenedPackage,
  batches: AsyncIterable<ReleaseBatch>,
): Promise<Outcome> {
  const origin = originOf(opened)
  const run = await operations.run(
    startImportRun,
    {
      collection: {
        key: request.portfolio,
        source: { name: origin.instanceName, licence: origin.licence, date: origin.releasedAt.slice(0, 10) },
        ...request.collection,
      },
      fileName: request.fileName ?? basename(request.path),
      fileDigest: await digestOfFile(request.path),
      fileBytes: (await stat(request.path)).size,
      format: FORMAT,
    },
    actor,
  )
  request.onStart?.(run)
  const problems: ProblemReport[] = []
  try {
    await operations.run(beginReceivedRelease, { runId: run.id, origin }, actor)
    for await (const { rows, records } of batches) {
      const staged = await operations.run(
        stageImportRows,
        { runId: run.id, rows, problems: [], rowsRead: rows.length, rejected: 0 },
        actor,
      )
      await operations.run(noteReceivedRecords, { runId: run.id, records }, actor)
      problems.push(...staged.problems.slice(0, REPORTED_PROBLEMS - problems.length))
    }
    const applied = await operations.run(applyImportRun, { runId: run.id }, actor)
    return { ...countsOfRun(applied), problems }
  } catch (error) {
    await operations.run(stopImportRun, { runId: run.id, ...whyStopped(error, request.signal) }, actor)
    throw error
  }
}

/** The same reading and planning, without writing anything. */
async function rehearse(
  operations: Operations,
  actor: Actor,
  collection: string,
  batches: AsyncIterable<ReleaseBatch>,
): Promise<Outcome> {
  const sum = { read: 0, created: 0, changed: 0, unchanged: 0, rejected: 0, warnings: 0 }
  const problems: ProblemReport[] = []
  const memory: PlanMemory = new Map()
  for await (const { rows } of batches) {
    const planned = await operations.run(planImportRows, { collection, rows, memory }, actor)
    sum.read += rows.length
    sum.warnings += planned.problems.length
    sum.created += planned.created
    sum.changed += planned.changed
    sum.unchanged += planned.unchanged
    problems.push(...planned.problems.slice(0, REPORTED_PROBLEMS - problems.length))
  }
  return { ...sum, runId: null, problems }
}

function originOf({ origin, edition, fingerprint }: OpenedPackage): ReleaseOrigin {
  const { instance, release, withheldFields, records } = origin
  return {
    instanceId: instance.id,
    instanceName: instance.name,
    releaseId: release.id,
    releasedAt: release.at,
    releasedBy: release.by,
    addressee: release.addressee,
    purpose: release.purpose,
    licence: release.licence,
    edition,
    fingerprint,
    records: records.length,
    withheldFields,
  }
}

async function digestOfFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}
