/**
 * What a form holds, as texts: what the record says, or what was typed. Rows of a list are named `<list>.<row>.<field>`, and the
 * parts of a date `<name>-year`, `-month`, `-day`.
 */
import { partialDateFrom } from '../../../components/index.ts'

export class FormValues {
  private readonly fields: URLSearchParams

  constructor(fields: URLSearchParams) {
    this.fields = fields
  }

  /** Trimmed, with line ends as we write them; undefined when empty, because an empty field states nothing. */
  get(name: string): string | undefined {
    return this.fields.get(name)?.replace(/\r\n?/g, '\n').trim() || undefined
  }

  /** Every field with its text, as a browser would send them. */
  entries(): Iterable<[string, string]> {
    return this.fields.entries()
  }

  all(name: string): string[] {
    return this.fields.getAll(name).filter((value) => value !== '')
  }

  date(name: string): string | undefined {
    return partialDateFrom(Object.fromEntries(this.fields), name)
  }

  rowCount(list: string): number {
    let last = -1
    for (const name of this.fields.keys()) {
      const row = rowOf(name, list)
      if (row !== undefined && row.index > last) last = row.index
    }
    return last + 1
  }

  /** Of a field of a row: `row('partners', 0)('role')`. */
  row(list: string, index: number): (field: string) => string | undefined {
    return (field) => this.get(`${list}.${index}.${field}`)
  }

  rows(list: string): number[] {
    return Array.from({ length: this.rowCount(list) }, (_, index) => index)
  }

  withRow(list: string, fields: Readonly<Record<string, string>> = {}): FormValues {
    const next = new URLSearchParams(this.fields)
    const index = this.rowCount(list)
    for (const [field, value] of Object.entries({ is: 'row', ...fields })) next.append(`${list}.${index}.${field}`, value)
    return new FormValues(next)
  }

  withoutRow(list: string, gone: number): FormValues {
    const next = new URLSearchParams()
    for (const [name, value] of this.fields) {
      const row = rowOf(name, list)
      if (row === undefined || row.index < gone) next.append(name, value)
      else if (row.index > gone) next.append(`${list}.${row.index - 1}.${row.field}`, value)
    }
    return new FormValues(next)
  }

  /** Without rows in which nothing was typed; `quiet` fields do not count, since nobody types them. */
  withoutEmptyRows(lists: readonly string[], quiet: readonly string[]): FormValues {
    return lists.reduce<FormValues>((values, list) => {
      for (const index of values.rows(list).reverse()) {
        if (!values.hasTyped(list, index, quiet)) return values.withoutRow(list, index).withoutEmptyRows([list], quiet)
      }
      return values
    }, this)
  }

  private hasTyped(list: string, index: number, quiet: readonly string[]): boolean {
    return [...this.fields].some(([name, value]) => {
      const row = rowOf(name, list)
      return row?.index === index && value.trim() !== '' && !quiet.includes(row.field)
    })
  }
}

function rowOf(name: string, list: string): { index: number; field: string } | undefined {
  const match = /^(\d{1,3})\.(.+)$/.exec(name.startsWith(`${list}.`) ? name.slice(list.length + 1) : '')
  return match ? { index: Number(match[1]), field: match[2] ?? '' } : undefined
}
