/**
 * The recognised file with what a person has decided laid over it: which sheets, which heading rows, which field each column fills.
 * Sheets with the same headings share one table of columns, so that a workbook with a sheet a year is matched once.
 */
import { createHash } from 'node:crypto'
import {
  type ColumnMapping,
  parseMapping,
  type RecognisedColumn,
  type SheetRecognition,
  type TableMapping,
} from '../../../../interop/tables/index.ts'
import { suggestCollectionKey } from '../../../../jobs/imports/collection-key.ts'
import type { ImportChoices, ImportDraft } from '../../../../jobs/imports/kept-files.ts'
import { type RecognisedFile, recogniseKeptFile } from '../../../../jobs/imports/recognise-kept-file.ts'
import { Problem } from '../../../../kernel/problems.ts'
import {
  type Collection,
  type ImportRun,
  isCollectionKey,
  listCollectionsQuery,
  listImportRuns,
  listListings,
} from '../../../../modules/registry/index.ts'
import type { PageRequest } from '../../../site.tsx'

export interface MatchedColumn {
  readonly recognised: RecognisedColumn
  readonly mapping: ColumnMapping
}

export interface ColumnGroup {
  /** Place of its first sheet in the file, from 0: part of the names of its fields. */
  readonly id: number
  readonly sheets: readonly string[]
  readonly columns: readonly MatchedColumn[]
}

export interface SheetChoice {
  readonly index: number
  readonly recognition: SheetRecognition
  readonly chosen: boolean
  readonly mapping: TableMapping
}

export interface MatchView {
  readonly draft: ImportDraft
  readonly recognised: RecognisedFile
  readonly sheets: readonly SheetChoice[]
  readonly groups: readonly ColumnGroup[]
  readonly choices: ImportChoices
  readonly collections: readonly Collection[]
  /** The latest run that brought this very file in. */
  readonly importedBefore: ImportRun | undefined
  /** List years that the chosen collection has already. */
  readonly collectionYears: readonly string[]
  /** A collection with the name of the file: offered, never chosen silently. */
  readonly similar: Collection | undefined
}

const LOOKED_AT_RUNS = 200

/** The page of a file: its draft, what is recognised in it, and the choices made or proposed. */
export async function matchView(request: PageRequest, key: string): Promise<MatchView> {
  const { context, actor } = request
  const draft = await context.imports.of(actor).draftOf(key)
  const collections = await context.operations.run(listCollectionsQuery, {}, actor)
  const runs = await context.operations.run(listImportRuns, { limit: LOOKED_AT_RUNS }, actor)
  const importedBefore = runs.find((run) => run.fileDigest === key && run.state === 'applied')
  const decided = draft.choices
  const recognised = await recogniseDraft(request, draft, decided?.mappings ?? [])
  const from = importedBefore?.collection ?? request.query.get('collection') ?? undefined
  const choices = decided ?? proposedChoices(draft, recognised, collections, importedBefore, from)
  return layOver({
    draft,
    recognised,
    // A collection that was new when the person chose it may be there by now.
    choices: { ...choices, collection: { ...choices.collection, isNew: isUnknown(collections, choices.collection.key) } },
    collections,
    importedBefore,
    collectionYears: await yearsOfCollection(request, collections, choices.collection.key),
  })
}

function isUnknown(collections: readonly Collection[], key: string): boolean {
  return !collections.some((collection) => collection.key === key)
}

/** Years of the listings of a collection; none for one that does not exist. */
export async function yearsOfCollection(
  { context, actor }: PageRequest,
  collections: readonly Collection[],
  key: string,
): Promise<string[]> {
  if (isUnknown(collections, key)) return []
  const filter = { values: { collection: [key] } }
  const { facets } = await context.operations.run(listListings, { filter, limit: 1 }, actor)
  return facets.year
    .map(({ value }) => value)
    .filter((year) => /^\d{4}$/.test(year))
    .sort()
}

export async function recogniseDraft(
  { context, actor }: PageRequest,
  draft: ImportDraft,
  mappings: readonly TableMapping[],
  saved?: readonly TableMapping[],
): Promise<RecognisedFile> {
  return recogniseKeptFile({
    path: await context.imports.of(actor).pathOf(draft.key),
    fileName: draft.fileName,
    encoding: mappings.find((mapping) => mapping.encoding !== undefined)?.encoding,
    delimiter: mappings.find((mapping) => mapping.delimiter !== undefined)?.delimiter,
    headerRows: new Map(mappings.map((mapping) => [mapping.sheet, mapping.headerRows])),
    ...(saved ? { saved } : {}),
  })
}

export function layOver(view: Omit<MatchView, 'sheets' | 'groups' | 'similar'>): MatchView {
  const { draft, recognised, choices, collections } = view
  const sheets = recognised.sheets.map((recognition, index): SheetChoice => {
    const own = choices.mappings.find((mapping) => mapping.sheet === recognition.sheet)
    return { index, recognition, chosen: own !== undefined, mapping: own ?? recognition.mapping }
  })
  const named = suggestCollectionKey(draft.fileName)
  const similar = collections.find(({ key, readOnly }) => key === named && !readOnly)
  return { ...view, sheets, groups: groupsOf(sheets), similar }
}

function groupsOf(sheets: readonly SheetChoice[]): ColumnGroup[] {
  const groups = new Map<string, { id: number; sheets: string[]; columns: MatchedColumn[] }>()
  for (const { index, recognition, mapping, chosen } of sheets) {
    if (!chosen) continue
    const signature = headingSignature(recognition)
    const known = groups.get(signature)
    if (known) known.sheets.push(recognition.sheet)
    else {
      const columns = recognition.columns.map((recognised) => ({
        recognised,
        mapping: mapping.columns.find((column) => column.index === recognised.index) ?? {
          index: recognised.index,
          header: recognised.header,
          field: recognised.field ?? ('kept' as const),
        },
      }))
      groups.set(signature, { id: index, sheets: [recognition.sheet], columns })
    }
  }
  return [...groups.values()]
}

/** Sheets with the same headings in the same places are read alike. A digest, because headings may hold line breaks. */
export function headingSignature(recognition: SheetRecognition): string {
  const headings = recognition.columns.map((column) => [column.index, column.header])
  return createHash('sha256').update(JSON.stringify(headings)).digest('hex').slice(0, 16)
}

/**
 * What is proposed before a person has decided anything: the file of an earlier run is read as it was read then; any other goes into a
 * collection of its own unless the person comes from one.
 */
function proposedChoices(
  draft: ImportDraft,
  recognised: RecognisedFile,
  collections: readonly Collection[],
  importedBefore: ImportRun | undefined,
  /** Collection that this very file went into, or from which the person comes. */
  key: string | undefined,
): ImportChoices {
  const known = collections.find((collection) => collection.key === key && !collection.readOnly)
  const sheets = recognised.sheets.filter((sheet) => recognised.proposed.includes(sheet.sheet))
  const byHeading = Math.max(0, ...sheets.map((sheet) => sheet.recognised))
  return {
    mappings: mappingsOf(importedBefore) ?? sheets.map((sheet) => sheet.mapping),
    collection: {
      key: known?.key ?? freeKey(suggestCollectionKey(draft.fileName), collections),
      isNew: known === undefined,
      name: draft.fileName.replace(/(\.[A-Za-z0-9]{1,6}){1,2}$/, ''),
      entryState: 'published',
    },
    // Headings in a language make it likely that the texts are in it, too; a person sees the proposal and can change it.
    language: byHeading > 2 ? (sheets[0]?.language ?? 'und') : 'und',
  }
}

/** How an earlier run has read the file; undefined when that version of the program knew other fields. */
function mappingsOf(run: ImportRun | undefined): TableMapping[] | undefined {
  if (!Array.isArray(run?.mapping) || run.mapping.length === 0) return undefined
  try {
    return run.mapping.map(parseMapping)
  } catch (error) {
    if (error instanceof Problem) return undefined
    throw error
  }
}

function freeKey(key: string, collections: readonly Collection[]): string {
  const taken = new Set(collections.map((collection) => collection.key))
  for (let number = 2; taken.has(key) || !isCollectionKey(key); number += 1) key = `${key.replace(/-\d+$/, '')}-${number}`
  return key
}
