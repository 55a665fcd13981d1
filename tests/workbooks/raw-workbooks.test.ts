/** Ten raw workbooks, read without help: how many columns are right, and whether every row is accounted for. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { type ListedRowResult, openTableFile, readListedRows, recogniseFile } from '../../src/interop/tables/index.ts'
import { RAW_WORKBOOKS } from './raw-workbooks.ts'

const folder = mkdtempSync(join(tmpdir(), 'sursur-workbooks-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const score = { columns: 0, right: 0 }

describe.each(RAW_WORKBOOKS)('$name', (workbook) => {
  const opened = (async () => {
    const path = join(folder, workbook.fileName)
    await workbook.make(path)
    const file = await openTableFile(path)
    return { file, recognition: await recogniseFile(file) }
  })()

  test('only the sheets that hold a table are proposed, and the encoding is found', async () => {
    const { file, recognition } = await opened
    expect(recognition.proposed).toEqual(workbook.sheets.map((sheet) => sheet.sheet))
    if (workbook.encoding) expect(file.encoding).toBe(workbook.encoding)
  })

  test.each(workbook.sheets)('sheet "$sheet": the columns are recognised without help', async (truth) => {
    const { recognition } = await opened
    const sheet = recognition.sheets.find((one) => one.sheet === truth.sheet)
    const found = (sheet?.mapping.columns ?? []).map((column) => column.field)
    score.columns += truth.fields.length
    score.right += truth.fields.filter((field, at) => found[at] === field).length
    expect(sheet?.headerRows).toEqual(truth.headerRows)
    expect(found.length).toBe(truth.fields.length)
  })

  test.each(workbook.sheets)(
    'sheet "$sheet": every row is data, title, heading, blank, total or note, and the counts add up',
    async (truth) => {
      const { file, recognition } = await opened
      const mapping = recognition.sheets.find((one) => one.sheet === truth.sheet)?.mapping
      if (!mapping) throw new Error(`no sheet ${truth.sheet}`)
      const rows = readListedRows(file, mapping)
      const results = new Map<number, ListedRowResult>()
      for await (const result of rows) results.set(result.row, result)
      const { summary } = rows
      expect({
        accepted: summary.accepted,
        rejected: summary.rejected,
        titleRows: summary.titleRows.map((row) => row.row),
        headerRows: summary.headerRows,
        blankRows: summary.blankRows,
        totalsRows: summary.totalsRows.map((row) => row.row),
        noteRows: summary.noteRows.map((row) => row.row),
      }).toEqual({
        accepted: truth.accepted,
        rejected: truth.rejected ?? 0,
        titleRows: truth.titleRows,
        headerRows: truth.headerRows,
        blankRows: truth.blankRows,
        totalsRows: truth.totalsRows,
        noteRows: truth.noteRows,
      })
      expect(summary.rowsRead).toBe(
        summary.accepted +
          summary.rejected +
          summary.blankRows +
          [summary.titleRows, summary.headerRows, summary.totalsRows, summary.noteRows].reduce(
            (sum, list) => sum + list.length,
            0,
          ),
      )
      for (const [row, values] of Object.entries(truth.values)) expect(results.get(Number(row))?.values).toMatchObject(values)
      const reported = [...results.values()].flatMap((result) =>
        result.problems.map((problem) => `${problem.place?.row} ${problem.place?.column ?? ''} ${problem.code}`),
      )
      for (const problem of truth.problems ?? []) expect(reported).toContain(problem)
    },
  )
})

test('nine columns of ten are right without help over all ten workbooks', () => {
  console.log(`raw workbooks: ${score.right} of ${score.columns} columns right without help`)
  expect(score.right / score.columns).toBeGreaterThanOrEqual(0.9)
})
