/** What became of every row of the file: the counts of a line add up to its total, and rows that are no data are shown. */
import type { Translator } from '../../../i18n/translator.ts'
import type { SheetReading } from '../../../jobs/imports/read-batches.ts'
import { DataTable } from '../../components/index.ts'

/** Rows of each kind shown; the file has the others. */
const SHOWN = 50

interface SheetsProps {
  readonly t: Translator
  readonly sheets: readonly SheetReading[]
}

export function SheetsTable({ t, sheets }: SheetsProps) {
  const number = (key: string, count: (sheet: SheetReading) => number) => ({
    key,
    label: t(`imports.rows.${key}`),
    kind: 'number' as const,
    cell: (sheet: SheetReading) => t.number(count(sheet)),
  })
  return (
    <DataTable
      caption={t('imports.rows.title')}
      columns={[
        {
          key: 'sheet',
          label: t('imports.recognised.sheet'),
          cell: (sheet) => <bdi>{sheet.sheet === '' ? t('imports.recognised.the-table') : sheet.sheet}</bdi>,
        },
        number('all', (sheet) => sheet.rowsRead),
        number('accepted', (sheet) => sheet.accepted),
        number('rejected', (sheet) => sheet.rejected),
        number('heading-count', (sheet) => sheet.headerRows.length),
        number('titles', (sheet) => sheet.titleRows.length),
        number('notes', (sheet) => sheet.noteRows.length),
        number('totals', (sheet) => sheet.totalsRows.length),
        number('blank', (sheet) => sheet.blankRows),
      ]}
      rows={sheets}
      rowKey={(sheet) => sheet.sheet}
    />
  )
}

const KINDS = ['titles', 'notes', 'totals'] as const

export function OtherRows({ t, sheets }: SheetsProps) {
  const rowsOf = (sheet: SheetReading) => ({ titles: sheet.titleRows, notes: sheet.noteRows, totals: sheet.totalsRows })
  const groups = KINDS.flatMap((kind) => {
    const rows = sheets.flatMap((sheet) => rowsOf(sheet)[kind].map((row) => ({ ...row, sheet: sheet.sheet })))
    return rows.length > 0 ? [{ kind, rows }] : []
  })
  return (
    <>
      {groups.map(({ kind, rows }) => (
        <details key={kind}>
          <summary>
            {t('imports.rows.of-kind', { kind: t(`imports.rows.${kind}`), count: rows.length, shown: t.number(rows.length) })}
          </summary>
          <ul>
            {rows.slice(0, SHOWN).map(({ sheet, row, text }) => (
              <li key={`${sheet} ${row}`}>
                <span class="muted">
                  {sheet !== '' && <bdi>{sheet}</bdi>} {row}
                </span>{' '}
                <bdi>{text}</bdi>
              </li>
            ))}
          </ul>
        </details>
      ))}
    </>
  )
}
