/** What a number in a workbook cell stands for, judged by its number format: a date, a code with leading zeros, a number. */
import { attribute, type XmlHandler } from './scan-xml.ts'

export type NumberForm =
  | { readonly kind: 'number' }
  | { readonly kind: 'date' }
  | { readonly kind: 'percent' }
  /** A format of zeros only, as people use for codes: 00057359 is stored as 57359. */
  | { readonly kind: 'padded'; readonly digits: number }

const PLAIN: NumberForm = { kind: 'number' }
const DATE: NumberForm = { kind: 'date' }
const PERCENT: NumberForm = { kind: 'percent' }

/** Number formats by cell style index (ECMA-376 part 1, 18.8.30). `scan` runs a handler over the styles part. */
export async function readNumberForms(scan: (handler: XmlHandler) => Promise<void>): Promise<readonly NumberForm[]> {
  const custom = new Map<number, string>()
  const forms: NumberForm[] = []
  let inCellStyles = false
  await scan({
    open(name, source) {
      if (name === 'numFmt') custom.set(Number(attribute(source, 'numFmtId')), attribute(source, 'formatCode') ?? '')
      else if (name === 'cellXfs') inCellStyles = true
      else if (name === 'xf' && inCellStyles) {
        const id = Number(attribute(source, 'numFmtId') ?? 0)
        forms.push(formOf(id, custom.get(id)))
      }
    },
    close(name) {
      if (name === 'cellXfs') inCellStyles = false
    },
  })
  return forms
}

function formOf(id: number, code: string | undefined): NumberForm {
  if (code === undefined) {
    const builtInDate = (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)
    return builtInDate ? DATE : id === 9 || id === 10 ? PERCENT : PLAIN
  }
  // Quoted text, escaped letters, colours and locale marks say nothing about the kind of number.
  const bare = (code.split(';')[0] ?? '').replace(/"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
  if (/^0{2,}$/.test(bare)) return { kind: 'padded', digits: bare.length }
  if (/[dmyhs]/i.test(bare.replace(/general|e\+/gi, ''))) return DATE
  return bare.includes('%') ? PERCENT : PLAIN
}

/** Days from 1899-12-30 to 1970-01-01, and what the Macintosh calendar of 1904 adds. */
const UNIX_EPOCH_DAYS = 25_569
const DAYS_1904 = 1_462

/** A spreadsheet day number as a date in UTC; undefined outside the years that spreadsheets know (1900 to 9999). */
export function serialDate(serial: number, date1904 = false): Date | undefined {
  const days = date1904 ? serial + DAYS_1904 : serial
  if (!(days >= 0 && days < 2_958_466)) return undefined
  // Spreadsheets count a 29 February 1900 that never was.
  const real = days < 60 && !date1904 ? days + 1 : days
  return new Date(Math.round((real - UNIX_EPOCH_DAYS) * 86_400_000))
}
