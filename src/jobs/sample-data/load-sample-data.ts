/**
 * The shipped sample data: two published lists of coded facts and the initiatives that the 2015 report names, each in a read-only
 * collection of its own (ruling 7). They are imported like anybody's files and removed like any run.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PACKAGE_ROOT } from '../../kernel/package-root.ts'
import { resolveOrgNames } from '../../modules/directory/index.ts'
import {
  applyImportRun,
  type ImportedRow,
  InitiativeFactsSchema,
  listCollectionsQuery,
  removeCollection,
  stageImportRows,
  startImportRun,
  wasEverFilled,
} from '../../modules/registry/index.ts'
import type { Actor, Operations } from '../../operations/index.ts'
import { importTableFile } from '../imports/import-table-file.ts'

interface SampleCollection {
  readonly key: string
  readonly file: string
  readonly names: { readonly orig: string; readonly texts: Record<string, string> }
  readonly source: { readonly name: string; readonly url?: string; readonly date?: string }
}

export interface LoadedSample {
  readonly portfolio: string
  readonly created: number
  readonly changed: number
  readonly unchanged: number
}

const FOLDER = join(PACKAGE_ROOT, 'sample-data')

export function listSampleCollections(): readonly SampleCollection[] {
  return JSON.parse(readFileSync(join(FOLDER, 'collections.json'), 'utf8'))
}

export async function loadSampleData(operations: Operations, actor: Actor): Promise<LoadedSample[]> {
  const loaded: LoadedSample[] = []
  for (const sample of listSampleCollections()) {
    const collection = { names: sample.names, kind: 'sample' as const, source: sample.source }
    const { created, changed, unchanged } = sample.file.endsWith('.csv')
      ? await importTableFile(operations, actor, { path: join(FOLDER, sample.file), portfolio: sample.key, collection })
      : await loadNamedInitiatives(operations, actor, sample)
    loaded.push({ portfolio: sample.key, created, changed, unchanged })
  }
  return loaded
}

interface NamedInitiative {
  readonly key: string
  readonly paragraph: string
  readonly judgement?: string
  readonly facts: Record<string, unknown> & {
    readonly partners?: readonly (Record<string, unknown> & { readonly org?: string })[]
  }
}

/** Initiatives with whole facts, as the form knows them; organisations are named by their key in the directory. */
async function loadNamedInitiatives(
  operations: Operations,
  actor: Actor,
  sample: SampleCollection,
): Promise<Omit<LoadedSample, 'portfolio'>> {
  const text = readFileSync(join(FOLDER, sample.file), 'utf8')
  const { initiatives }: { initiatives: readonly NamedInitiative[] } = JSON.parse(text)
  const orgIds = await orgIdsByKey(operations, actor, initiatives)
  const rows = initiatives.map(({ key, paragraph, judgement, facts }, seq): ImportedRow => {
    const partners = facts.partners?.map(({ org, ...partner }) =>
      org === undefined ? partner : { ...partner, orgId: orgIds.get(org), name: org.toUpperCase() },
    )
    const note = [`¶${paragraph}`, judgement].filter((part) => part !== undefined).join(' – ')
    return {
      seq,
      identifier: key,
      facts: InitiativeFactsSchema.parse({ ...facts, ...(partners ? { partners } : {}), note }),
      listed: { year: null, sourceRow: null, revision: null, groupKey: null },
    }
  })
  const run = await operations.run(
    startImportRun,
    {
      collection: { key: sample.key, names: sample.names, kind: 'sample', source: sample.source },
      fileName: sample.file,
      fileDigest: '',
      fileBytes: text.length,
      format: 'json',
      sample: true,
    },
    actor,
  )
  await operations.run(stageImportRows, { runId: run.id, rows, rowsRead: rows.length, rejected: 0 }, actor)
  return operations.run(applyImportRun, { runId: run.id }, actor)
}

async function orgIdsByKey(
  operations: Operations,
  actor: Actor,
  initiatives: readonly NamedInitiative[],
): Promise<Map<string, string>> {
  const keys = [...new Set(initiatives.flatMap(({ facts }) => (facts.partners ?? []).flatMap(({ org }) => org ?? [])))]
  const resolved = await operations.run(resolveOrgNames, { names: keys }, actor)
  return new Map(resolved.flatMap((answer) => (answer.status === 'found' ? [[answer.name, answer.org.id] as const] : [])))
}

/** Removes the sample collections with everything in them; what people entered elsewhere stays. */
export async function removeSampleData(operations: Operations, actor: Actor): Promise<{ portfolio: string; removed: number }[]> {
  const present = new Set(
    (await operations.run(listCollectionsQuery, {}, actor)).filter(({ kind }) => kind === 'sample').map(({ key }) => key),
  )
  const removed: { portfolio: string; removed: number }[] = []
  for (const { key } of listSampleCollections()) {
    if (present.has(key)) removed.push({ portfolio: key, ...(await operations.run(removeCollection, { key }, actor)) })
  }
  return removed
}

/** Untouched: no collection was ever made here, so a first start loads the samples. */
export async function isUntouched(operations: Operations, actor: Actor): Promise<boolean> {
  return (await operations.run(wasEverFilled, {}, actor)) === false
}
