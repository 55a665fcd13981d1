/** One code list: its codes with their names in six languages, its source, licence and version; all of it as CSV. */
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { type CodeListEntry, type CodeRow, listCodeLists, listCodes } from '../../../codes/index.ts'
import { ownNameOf } from '../../../i18n/languages.ts'
import { type OutColumn, writeCsv } from '../../../interop/tables/index.ts'
import { contentDisposition, type HttpResponse } from '../../../kernel/http.ts'
import { OFFICIAL_LANGUAGES } from '../../../kernel/languages.ts'
import { PACKAGE_ROOT } from '../../../kernel/package-root.ts'
import { Problem } from '../../../kernel/problems.ts'
import { type Column, DataTable, EmptyState, Page, Pagination, SummaryList } from '../../components/index.ts'
import { FILE_FORMATS, type ListFile } from '../../list-files.ts'
import type { PageContent, PageRequest } from '../../site.tsx'
import { streamOf } from '../../stream-of.ts'

/** Long lists come in pages; the download holds all rows. */
const ROWS_PER_PAGE = 200

/** Tables that are lists of codes, and the key of the list. The other tables are relations and are read as a file. */
const LIST_OF_TABLE: Readonly<Record<string, string>> = {
  areas: 'country',
  'area-groups': 'countryGroup',
  'crs-channels': 'crsChannel',
  'dac-sectors': 'sector',
  'm49-regions': 'm49Region',
  'mdg-goals': 'mdgGoal',
  modalities: 'modality',
  'sdg-goals': 'sdgGoal',
  'sdg-indicators': 'sdgIndicator',
  'sdg-targets': 'sdgTarget',
}

export async function codeListPage(request: PageRequest): Promise<PageContent> {
  const { t, at, query } = request
  const entry = entryOf(request)
  const rows = codesOf(entry)
  const asked = Number(query.get('from') ?? '1') - 1
  const offset = Number.isInteger(asked) && asked > 0 && asked < rows.length ? asked : 0
  const shown = rows.slice(offset, offset + ROWS_PER_PAGE)
  const title = t(entry.titleKey)
  const address = at(`/code-lists/${entry.key}`)
  const detail = t('registry.list.rows', { count: entry.rows, shown: t.number(entry.rows) })
  return {
    title,
    about: {
      downloads: FILE_FORMATS.filter(({ extension }) => extension === 'csv' || rows.length > 0).map(({ format, extension }) => ({
        format,
        href: `${address}/download.${extension}`,
        detail,
      })),
    },
    body: (
      <Page title={title} kicker={entry.key} trail={[{ label: t('registry.codes.title'), href: at('/code-lists') }]}>
        <SummaryList
          layout="card"
          facts={[
            { label: t('components.provenance.source'), value: <bdi>{entry.source}</bdi> },
            { label: t('registry.collections.licence'), value: <bdi>{entry.licence}</bdi> },
            { label: t('registry.codes.version'), value: <bdi>{entry.version}</bdi> },
            { label: t('registry.form.date'), value: t.date(entry.date) },
          ]}
        />
        {rows.length === 0 ? (
          <EmptyState title={t('registry.codes.relation')}>
            <p>
              <a href={`${address}/download.csv`} download>
                {t('registry.codes.download', { count: entry.rows, shown: t.number(entry.rows) })}
              </a>
            </p>
          </EmptyState>
        ) : (
          <>
            <DataTable caption={title} captionHidden columns={columnsOf(request)} rows={shown} rowKey={({ code }) => code} wide />
            <Pagination
              shown={shown.length}
              total={rows.length}
              from={offset + 1}
              previousHref={offset > 0 ? `${address}?from=${Math.max(0, offset - ROWS_PER_PAGE) + 1}` : undefined}
              nextHref={offset + shown.length < rows.length ? `${address}?from=${offset + shown.length + 1}` : undefined}
            />
          </>
        )}
      </Page>
    ),
  }
}

function columnsOf({ t }: PageRequest): Column<CodeRow>[] {
  return [
    { key: 'code', label: t('registry.codes.code'), cell: ({ code }) => <bdi dir="ltr">{code}</bdi> },
    ...OFFICIAL_LANGUAGES.map((lang) => ({
      key: lang,
      label: ownNameOf(lang),
      // A source that lacks a language states no name in it: a dash, and the English name serves on the pages.
      cell: ({ names }: CodeRow) => (names[lang] ? <bdi lang={lang}>{names[lang]}</bdi> : '–'),
    })),
  ]
}

/** Codes with their names, in the formats other than CSV. */
export async function codeListFile(request: PageRequest): Promise<ListFile> {
  const entry = entryOf(request)
  return {
    name: entry.key,
    title: request.t(entry.titleKey),
    columns: CODE_COLUMNS,
    rows: codesOf(entry).map(({ code, names }) => ({ code, ...names })),
  }
}

const CODE_COLUMNS: readonly OutColumn[] = [
  { key: 'code', header: 'code' },
  ...OFFICIAL_LANGUAGES.map((lang) => ({ key: lang, header: `name_${lang}` })),
]

/** A table is given as it is shipped, with its source on top; a closed list as code and names. */
export async function downloadCodeList(request: PageRequest): Promise<HttpResponse> {
  const entry = entryOf(request)
  const headers = { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': contentDisposition(`${entry.key}.csv`) }
  if (entry.kind === 'table') {
    return { status: 200, headers, body: createReadStream(join(PACKAGE_ROOT, 'src', 'codes', 'data', `${entry.key}.csv`)) }
  }
  const rows = codesOf(entry).map(({ code, names }) => ({ code, ...names }))
  return { status: 200, headers, body: streamOf((out) => writeCsv(rows, CODE_COLUMNS, out)) }
}

function codesOf(entry: CodeListEntry): readonly CodeRow[] {
  const list = entry.kind === 'closed-list' ? entry.key : LIST_OF_TABLE[entry.key]
  return list === undefined ? [] : listCodes(list)
}

function entryOf({ params, path }: PageRequest): CodeListEntry {
  const entry = listCodeLists().find(({ key }) => key === params.key)
  if (!entry) throw new Problem('http.page-missing', { path })
  return entry
}
