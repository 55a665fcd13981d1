/**
 * Reads the shipped tables in `src/codes/data`, each once and only when it is first asked for.
 *
 * Format of a table: lines `# key: value` that state source, licence, version, date and number of rows,
 * then CSV (RFC 4180, UTF-8, first line = column names, empty cell = unknown or not applicable).
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PACKAGE_ROOT } from '../kernel/package-root.ts'

/** The folder must be part of the published package: `dist` reads the tables from here, too. */
export const DATA_FOLDER = join(PACKAGE_ROOT, 'src', 'codes', 'data')

export interface TableHeader {
  readonly source: string
  readonly licence: string
  readonly version: string
  /** Date of the contents, as precise as it is known: 'YYYY', 'YYYY-MM' or 'YYYY-MM-DD'. */
  readonly date: string
  readonly rows: number
}

export type DataRow<Column extends string> = Readonly<Record<Column, string>>

interface ParsedTable {
  readonly header: TableHeader
  readonly columns: readonly string[]
  readonly rows: readonly DataRow<string>[]
}

const tables = new Map<string, ParsedTable>()

/** All rows of a table. Asking for a column that the file lacks is a fault of ours and stops at once. */
export function rowsOf<Column extends string>(table: string, columns: readonly Column[]): readonly DataRow<Column>[] {
  const parsed = tableNamed(table)
  const lacking = columns.filter((column) => !parsed.columns.includes(column))
  if (lacking.length > 0) throw new Error(`Table ${table} has no column ${lacking.join(', ')}`)
  return parsed.rows as readonly DataRow<Column>[]
}

/** Where a table comes from, for the page of code lists and for NOTICE. */
export function headerOf(table: string): TableHeader {
  return tableNamed(table).header
}

export function listTables(): string[] {
  return readdirSync(DATA_FOLDER)
    .filter((file) => file.endsWith('.csv'))
    .map((file) => file.slice(0, -'.csv'.length))
    .sort()
}

function tableNamed(table: string): ParsedTable {
  const known = tables.get(table)
  if (known) return known
  const parsed = parseTable(readFileSync(join(DATA_FOLDER, `${table}.csv`), 'utf8'))
  tables.set(table, parsed)
  return parsed
}

function parseTable(text: string): ParsedTable {
  const facts = new Map<string, string>()
  let start = 0
  while (text.startsWith('# ', start)) {
    const end = text.indexOf('\n', start)
    const line = text.slice(start + 2, end)
    const colon = line.indexOf(': ')
    facts.set(line.slice(0, colon), line.slice(colon + 2))
    start = end + 1
  }
  const [columns = [], ...lines] = parseCsv(text, start)
  return {
    header: {
      source: facts.get('source') ?? '',
      licence: facts.get('licence') ?? '',
      version: facts.get('version') ?? '',
      date: facts.get('date') ?? '',
      rows: Number(facts.get('rows')),
    },
    columns,
    rows: lines.map((cells) => Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? '']))),
  }
}

/** CSV as we write it ourselves: LF, quotes doubled. Files of other people are read in `interop`. */
function parseCsv(text: string, from: number): string[][] {
  const lines: string[][] = []
  let cells: string[] = []
  let at = from
  while (at < text.length) {
    let cell = ''
    if (text[at] === '"') {
      let end = text.indexOf('"', at + 1)
      while (text[end + 1] === '"') end = text.indexOf('"', end + 2)
      cell = text.slice(at + 1, end).replaceAll('""', '"')
      at = end + 1
    } else {
      const begin = at
      while (at < text.length && text[at] !== ',' && text[at] !== '\n') at++
      cell = text.slice(begin, at)
    }
    cells.push(cell)
    if (text[at] !== ',') {
      lines.push(cells)
      cells = []
    } else if (text[at + 1] === undefined) {
      cells.push('')
    }
    at++
  }
  return lines
}
