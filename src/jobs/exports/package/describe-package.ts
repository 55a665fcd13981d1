/** What a data package says about itself: `datapackage.json` after the Frictionless standard, and a README in the reader's language. */
import { listCodeLists } from '../../../codes/index.ts'
import type { Translator } from '../../../i18n/translator.ts'
import type { OutColumn } from '../../../interop/tables/index.ts'
import { textFor } from '../../../kernel/localized-text.ts'
import { type Collection, formatListingFilter, type SnapshotCodeList } from '../../../modules/registry/index.ts'
import { listingColumns } from '../listing-table.ts'
import { OPEN_TABLES } from './open-tables.ts'
import type { FilledTable, TableFile } from './table-files.ts'
import type { PackageRequest } from './write-package.ts'

export interface PackagedFile {
  readonly table: FilledTable
  readonly file: TableFile
  readonly bytes: number
  readonly sha256: string
}

export interface PackageFacts extends PackageRequest {
  readonly snapshotHash: string
  readonly contentHash: string
  readonly tables: readonly FilledTable[]
  /** Records that were found to be one initiative count once. */
  readonly initiatives: number
  readonly files: readonly PackagedFile[]
}

type Json = Record<string, unknown>

const PROFILE = 'https://datapackage.org/profiles/2.0/datapackage.json'
const MEDIA_TYPES = { csv: 'text/csv', parquet: 'application/vnd.apache.parquet' } as const
/** Several values in one cell. */
const DELIMITER = '|'

/** Every list and table of codes in use, in the version that is shipped. */
export function codeListVersions(): SnapshotCodeList[] {
  return listCodeLists().map(({ key, version, date }) => ({ name: key, version, date }))
}

export function describePackage(t: Translator, facts: PackageFacts): Json {
  const { files, tables, collections, at } = facts
  return {
    $schema: PROFILE,
    name: nameOf(facts),
    title: titleOf(t, facts),
    description: t('data.package.lead'),
    created: at.toISOString(),
    ...(facts.origin === undefined ? {} : { homepage: facts.origin }),
    ...licencesOf(collections),
    sources: collections.flatMap(({ source }) =>
      source ? [{ title: source.name, ...(source.url === undefined ? {} : { path: source.url }) }] : [],
    ),
    language: t.lang,
    filter: formatListingFilter(facts.filter).toString(),
    snapshotHash: facts.snapshotHash,
    contentHash: facts.contentHash,
    counts: Object.fromEntries(tables.map(({ name, rows }) => [name, rows])),
    distinctInitiatives: facts.initiatives,
    codeLists: listCodeLists().map(({ key, version, date, source, licence }) => ({ name: key, version, date, source, licence })),
    program: `Sursur ${facts.programVersion}`,
    resources: files.map((file) => resourceOf(t, file)),
  }
}

function resourceOf(t: Translator, { table, file, bytes, sha256 }: PackagedFile): Json {
  const definition = OPEN_TABLES.find(({ name }) => name === table.name)
  return {
    name: file.format === 'csv' ? table.name : `${table.name}-${file.format}`,
    type: 'table',
    title: t(definition?.text ?? 'data.table.listings'),
    path: `data/${file.path}`,
    format: file.format,
    mediatype: MEDIA_TYPES[file.format],
    ...(file.format === 'csv' ? { encoding: 'utf-8', dialect: { delimiter: ',', lineTerminator: '\r\n' } } : {}),
    bytes,
    hash: `sha256:${sha256}`,
    rows: table.rows,
    ...(file.format === 'parquet' && table.shortened > 0 ? { shortenedNumbers: table.shortened } : {}),
    schema: schemaOf(t, table.name),
  }
}

function schemaOf(t: Translator, table: string): Json {
  const definition = OPEN_TABLES.find(({ name }) => name === table)
  const fields = definition
    ? definition.columns.map(({ text, ...column }) => ({ ...column, header: text === undefined ? column.key : t(text) }))
    : listingColumns(t)
  const foreignKey = definition ? 'initiativeId' : 'id'
  return {
    fields: fields.map(fieldOf),
    missingValues: [''],
    ...(definition?.primaryKey ? { primaryKey: definition.primaryKey } : {}),
    ...(table === 'initiatives'
      ? {}
      : { foreignKeys: [{ fields: [foreignKey], reference: { resource: 'initiatives', fields: ['initiativeId'] } }] }),
  }
}

const TYPES = { integer: 'integer', decimal: 'number', boolean: 'boolean', date: 'string' } as const

function fieldOf({ key, header, form }: OutColumn): Json {
  return { name: key, title: header, type: form === undefined ? 'string' : TYPES[form] }
}

function licencesOf(collections: readonly Collection[]): Json {
  const titles = [...new Set(collections.flatMap(({ source }) => (source?.licence === undefined ? [] : [source.licence])))]
  if (titles.length === 0) return {}
  return { licenses: titles.map((title) => ({ name: title.trim().replace(/[^\w.-]+/g, '-'), title })) }
}

/** Small letters, digits, hyphens and points, as the standard wants it. */
function nameOf({ collections, filter }: PackageFacts): string {
  const keys = filter.values.collection === undefined || collections.length > 2 ? [] : collections.map(({ key }) => key)
  return ['sursur', ...keys].join('-').replace(/[^a-z0-9._-]/g, '-')
}

function titleOf(t: Translator, { collections, filter, instance }: PackageFacts): string {
  const names =
    filter.values.collection === undefined ? [] : collections.map(({ key, names }) => textFor(names, t.lang)?.text ?? key)
  return [instance ?? 'Sursur', names.length === 0 || names.length > 2 ? t('registry.list.title') : names.join(', ')].join(' – ')
}

export function readmeOf(t: Translator, facts: PackageFacts): string {
  const { tables, collections, at, filter } = facts
  const asked = formatListingFilter(filter).toString()
  const sources = collections.map(({ key, names, source, kind }) =>
    [
      `- ${textFor(names, t.lang)?.text ?? key} (${key})`,
      ...(kind === 'sample' ? [t('components.banner.sample')] : []),
      ...(source ? [[source.name, source.url].filter((text) => text !== undefined).join(' – ')] : []),
      `${t('registry.collections.licence')}: ${source?.licence ?? t('components.not-stated')}`,
    ].join('\n  '),
  )
  const shortened = tables.reduce((sum, table) => sum + table.shortened, 0)
  return `${[
    `# ${titleOf(t, facts)}`,
    t('data.package.lead'),
    [
      `- ${t('registry.about.date')}: ${at.toISOString()}`,
      `- ${t('registry.about.filter')}: ${asked === '' ? t('registry.list.all') : `\`${asked}\``}`,
      `- ${t('data.hash')}: \`${facts.snapshotHash}\``,
      `- ${t('data.content-hash')}: \`${facts.contentHash}\``,
      ...(facts.origin === undefined ? [] : [`- ${t('registry.about.address')}: <${facts.origin}>`]),
    ].join('\n'),
    `## ${t('data.package.tables')}`,
    tables.map(({ name, rows }) => tableLine(t, name, rows)).join('\n'),
    t('data.package.how', { delimiter: DELIMITER }),
    ...(shortened > 0 ? [t('data.package.shortened', { count: shortened, shown: t.number(shortened) })] : []),
    `## ${t('data.package.sources')}`,
    sources.length === 0 ? t('components.not-stated') : sources.join('\n'),
    `## ${t('registry.codes.title')}`,
    codeListVersions()
      .map(({ name, version, date }) => `- ${name}: ${version} (${date})`)
      .join('\n'),
  ].join('\n\n')}\n`
}

function tableLine(t: Translator, name: string, rows: number): string {
  const title = t(OPEN_TABLES.find((table) => table.name === name)?.text ?? 'data.table.listings')
  return `- \`data/${name}.csv\`, \`data/${name}.parquet\`: ${title} (${t('registry.list.rows', { count: rows, shown: t.number(rows) })})`
}
