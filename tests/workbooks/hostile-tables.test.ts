/** Tables that are broken, hostile or merely odd: each gets a message that says where and what, and nothing is lost silently. */
import { createWriteStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateRawSync, gzipSync } from 'node:zlib'
import { zipSync } from 'fflate'
import iconv from 'iconv-lite'
import { afterAll, describe, expect, test } from 'vitest'
import {
  type ListedRowResult,
  type OpenTableOptions,
  openTableFile,
  readListedRows,
  recogniseFile,
  writeXlsx,
} from '../../src/interop/tables/index.ts'
import { Problem } from '../../src/kernel/problems.ts'

const folder = mkdtempSync(join(tmpdir(), 'sursur-hostile-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function given(name: string, content: string | Buffer | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

async function read(path: string, options: OpenTableOptions = {}) {
  const file = await openTableFile(path, options)
  const recognition = await recogniseFile(file)
  const mapping = recognition.sheets.find((sheet) => sheet.sheet === recognition.proposed[0])?.mapping
  if (!mapping) throw new Error('no sheet proposed')
  const rows = readListedRows(file, mapping)
  const results: ListedRowResult[] = []
  for await (const result of rows) results.push(result)
  await file.close()
  return {
    file,
    results,
    summary: rows.summary,
    codes: results.flatMap((result) => result.problems.map((problem) => problem.code)),
  }
}

async function refusal(path: string, options: OpenTableOptions = {}): Promise<Problem> {
  try {
    await read(path, options)
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
  throw new Error('the file was not refused')
}

const HEADING = 'Project code,Title,Host country,Start date'

describe('files that are refused whole, with the reason', () => {
  test.each([
    ['empty.csv', '', 'tables.empty-file'],
    ['blank.csv', '\ufeff \r\n \r\n', 'tables.empty-file'],
    ['page.xls', '<html><table><tr><td>1</td></tr></table></html>', 'tables.unsupported-format'],
    ['report.csv', '%PDF-1.7 ...', 'tables.unsupported-format'],
    ['old.xls', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'tables.old-workbook'],
    [
      'locked.xlsx',
      Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from('EncryptedPackage', 'utf16le')]),
      'tables.locked-workbook',
    ],
    ['cut.xlsx', Buffer.from('PK\x03\x04 and then nothing'), 'tables.broken-workbook'],
    ['letter.xlsx', zipSync({ 'word/document.xml': Buffer.from('<a/>') }), 'tables.unsupported-format'],
    ['sheet.ods', zipSync({ mimetype: Buffer.from('x'), 'content.xml': Buffer.from('<a/>') }), 'tables.unsupported-format'],
    ['one.json', '{"title": "no list here"', 'tables.broken-json'],
    ['numbers.json', '[1, 2, 3]', 'tables.no-records-in-json'],
    ['cut.csv.gz', gzipSync(`${HEADING}\r\n`.repeat(50)).subarray(0, 30), 'tables.broken-gzip'],
  ])('%s', async (name, content, code) => {
    const problem = await refusal(given(name, content))
    expect(problem.code).toBe(code)
    expect(problem.place?.file).toBe(name)
  })

  test('a file beyond the size limit', async () => {
    expect((await refusal(given('large.csv', 'a,b\n'.repeat(100)), { limits: { fileBytes: 100 } })).code).toBe(
      'tables.file-too-large',
    )
  })

  test('a document type declaration inside a workbook is refused, so no entity can grow', async () => {
    const path = join(folder, 'entities.xlsx')
    await writeXlsx([{ name: 'A', rows: [['Title']] }], createWriteStream(path))
    const bomb = zipSync({
      'xl/workbook.xml': Buffer.from('<!DOCTYPE a [<!ENTITY b "bbbb">]><workbook/>'),
    })
    expect((await refusal(given('entities.xlsx', bomb))).code).toBe('tables.broken-workbook')
  })
})

describe('zip bombs', () => {
  test('a sheet that claims to unpack to gigabytes is refused before a byte is unpacked', async () => {
    const path = given('claims.xlsx', forgedZip(deflateRawSync(Buffer.alloc(1000)), 4_000_000_000))
    const problem = await refusal(path)
    expect(problem.code).toBe('tables.unpacks-too-large')
    expect(problem.params.entry).toBe('xl/workbook.xml')
  })

  test('a sheet that hides its size is stopped while it unpacks', async () => {
    // 60 MB of spaces pack to 60 KB; the directory claims 100 bytes.
    const path = given('hides.xlsx', forgedZip(deflateRawSync(Buffer.alloc(60_000_000, 0x20)), 100))
    expect((await refusal(path)).code).toBe('tables.packed-too-tightly')
  })

  test('parts that lie over each other are refused', async () => {
    const zip = forgedZip(deflateRawSync(Buffer.from('<workbook/>')), 11, 2)
    expect((await refusal(given('overlap.xlsx', zip))).code).toBe('tables.overlapping-entries')
  })

  test('a gzip file that grows without end is stopped', async () => {
    const path = given('grows.csv.gz', gzipSync(Buffer.alloc(60_000_000, 0x61)))
    expect((await refusal(path)).code).toBe('tables.packed-too-tightly')
  })

  test('thousands of parts are refused', async () => {
    const parts = Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`p${at}.xml`, new Uint8Array(1)]))
    expect((await refusal(given('parts.xlsx', zipSync(parts)), { limits: { entries: 50 } })).code).toBe('tables.too-many-entries')
  })
})

describe('tables that are odd are read, and the oddity is reported', () => {
  test('a wrong extension does not matter', async () => {
    const { file, results } = await read(given('table.xlsx', `${HEADING}\nA1,Wells,Kenya,2014\n`))
    expect(file.format).toBe('csv')
    expect(file.problems.map((problem) => problem.code)).toEqual(['tables.wrong-extension'])
    expect(results[0]?.values.title).toBe('Wells')
  })

  test('a heading without rows is read and said', async () => {
    const { results, summary } = await read(given('heading.csv', `${HEADING}\n`))
    expect(results).toEqual([])
    expect(summary.problems.map((problem) => problem.code)).toEqual(['tables.no-data-rows'])
  })

  test('ragged rows keep what stands beyond the heading', async () => {
    const { results, codes } = await read(given('ragged.csv', `${HEADING}\nA1,Wells,Kenya,2014,extra,more\nA2,Roads\n`))
    expect(results[0]?.values.kept).toEqual({ E: 'extra', F: 'more' })
    expect(results[1]?.values.title).toBe('Roads')
    expect(codes).toEqual(['tables.too-many-cells', 'tables.too-few-cells'])
  })

  test('NUL bytes are taken out and counted', async () => {
    const { file, results } = await read(given('nul.csv', `${HEADING}\nA1,We\0lls,Kenya,2014\n`))
    expect(results[0]?.values.title).toBe('Wells')
    expect(file.problems[0]).toMatchObject({ code: 'tables.nul-bytes', params: { count: 1 }, place: { line: 2 } })
  })

  test('a mixture of encodings is read line by line, and the odd line is named', async () => {
    const mixed = Buffer.concat([
      Buffer.from(`${HEADING}\nA1,Educación,Perú,2014\n`),
      iconv.encode('A2,Gestión del agua,México,2015\n', 'windows-1252'),
    ])
    const { file, results } = await read(given('mixed.csv', mixed))
    expect(results.map((result) => result.values.title)).toEqual(['Educación', 'Gestión del agua'])
    expect(file.problems).toMatchObject([{ code: 'tables.mixed-encoding', place: { line: 3 }, params: { count: 1 } }])
  })

  test.each(['utf16-le', 'utf16-be'])('%s with and without byte order mark', async (encoding) => {
    for (const addBOM of [true, false]) {
      const text = `${HEADING}\r\nA1,Écoles,Sénégal,2014\r\nA2,Puits,Mali,2015\r\n`
      const { results } = await read(given(`${encoding}-${addBOM}.csv`, iconv.encode(text, encoding, { addBOM })))
      expect(results.map((result) => result.values.title)).toEqual(['Écoles', 'Puits'])
    }
  })

  test('a quote that is never closed does not swallow the rows below', async () => {
    const { results, codes } = await read(given('quote.csv', `${HEADING}\nA1,"Wells,Kenya,2014\nA2,Roads,Peru,2015\n`))
    expect(results.map((result) => result.values.identifier)).toEqual(['A1', 'A2'])
    expect(results[0]?.values.title).toBe('"Wells')
    expect(codes).toContain('tables.unclosed-quote')
  })

  test('script and formulas in text stay text', async () => {
    const { results } = await read(
      given('script.csv', `${HEADING}\nA1,<script>alert(1)</script>,Kenya,2014\nA2,"=HYPERLINK(""http://x"")",Kenya,2014\n`),
    )
    expect(results[0]?.values.title).toBe('<script>alert(1)</script>')
    expect(results[1]?.values.title).toBe('=HYPERLINK("http://x")')
  })

  test('headings that are names of the language itself do no harm', async () => {
    const { results } = await read(given('proto.csv', 'Title,Country,__proto__,constructor\nWells,Kenya,x,y\nRoads,Peru,x,y\n'))
    expect(Object.getOwnPropertyNames(results[0]?.values.kept)).toEqual(['__proto__', 'constructor'])
    expect(({} as Record<string, unknown>).x).toBeUndefined()
  })

  test('a line of JSON Lines that is broken is rejected with its number, the others are read', async () => {
    const { results } = await read(
      given('lines.jsonl', '{"title":"Wells","country":"Kenya"}\n{"title":\n{"title":"Roads","country":"Peru"}\n'),
    )
    expect(results.map((result) => [result.row, result.status])).toEqual([
      [1, 'accepted'],
      [2, 'rejected'],
      [3, 'accepted'],
    ])
    expect(results[1]?.problems[0]).toMatchObject({ code: 'tables.broken-json', place: { line: 2 } })
  })

  test('an object with one list, and with two, are sheets', async () => {
    const path = given(
      'lists.json',
      JSON.stringify({ made: '2014', first: [{ title: 'A {[" ]}', hosts: ['KEN'] }], second: [{ title: 'B' }] }, null, 1),
    )
    const file = await openTableFile(path)
    expect(file.sheets.map((sheet) => sheet.name)).toEqual(['first', 'second'])
    const rows: unknown[] = []
    for await (const row of file.sheets[0]?.rows() ?? []) rows.push(row.cells)
    expect(rows).toEqual([
      ['title', 'hosts'],
      ['A {[" ]}', 'KEN'],
    ])
  })

  test('formulas give their stored value and are counted; a formula without value and an error are named by cell', async () => {
    const path = join(folder, 'formulas.xlsx')
    const rows = [
      ['Project code', 'Title', 'Country', 'Budget'],
      ['A1', 'Wells', 'Kenya', { formula: '2*50', value: 100 }],
      ['A2', 'Roads', 'Peru', { formula: 'SUM(D9)' }],
      ['A3', 'Seeds', 'Mali', { error: '#DIV/0!' }],
    ]
    await writeXlsx([{ name: 'A', rows }], createWriteStream(path))
    const { results, summary, codes } = await read(path)
    expect(results[0]?.values.budgetAmount).toBe('100')
    expect(results[1]?.values.kept).toEqual({ Budget: '=SUM(D9)' })
    expect(codes).toEqual(expect.arrayContaining(['tables.formula-without-value', 'tables.cell-error']))
    expect(summary.problems).toMatchObject([{ code: 'tables.formula', params: { count: 1 }, place: { column: 'Budget' } }])
  })

  test('unknown and ambiguous countries, impossible dates and shares, other calendars: row, column, what was found', async () => {
    const { results } = await read(
      given(
        'cells.csv',
        `${HEADING},Recipient\nA1,Wells,Kenia,31/02/2014,Kenya (70%); Mali (60%)\nA2,Roads,Congo Republic of Nowhere,2557,Virgin Islands\nA3,Seeds,Mali,2014-01-01,Mali\n`,
      ),
    )
    const found = results.flatMap((result) =>
      result.problems.map((problem) => `${problem.place?.row}/${problem.place?.column} ${problem.code} ${problem.params.found}`),
    )
    expect(found).toEqual([
      '2/Start date tables.impossible-date 31/02/2014',
      '2/Recipient tables.impossible-share Kenya (70%); Mali (60%)',
      '3/Host country tables.name-unknown Congo Republic of Nowhere',
      '3/Start date tables.other-calendar 2557',
      '3/Recipient tables.ambiguous-country Virgin Islands',
    ])
    expect(results.every((result) => result.status === 'accepted')).toBe(true)
    expect(results[1]?.values.recipients).toEqual([{ text: 'Virgin Islands', candidates: ['VGB', 'VIR'] }])
    expect(results[0]?.values.kept).toEqual({ 'Start date': '31/02/2014' })
  })

  test('the second row of one identifier and year is rejected with the number of the first', async () => {
    const { results } = await read(
      given('twice.csv', 'Project code,Title,Year\nA1,Wells,2014\nA1,Wells,2015\nA1,Wells again,2014\n'),
    )
    expect(results.map((result) => result.status)).toEqual(['accepted', 'accepted', 'rejected'])
    expect(results[2]?.problems[0]).toMatchObject({
      code: 'tables.duplicate-identifier',
      params: { firstRow: 2 },
      place: { row: 4 },
      level: 'error',
    })
  })

  test('gzip of a workbook is unpacked to a temporary file that goes away', async () => {
    const path = join(folder, 'plain.xlsx')
    await writeXlsx(
      [
        {
          name: 'A',
          rows: [
            ['Title', 'Country'],
            ['Wells', 'Kenya'],
            ['Roads', 'Peru'],
          ],
        },
      ],
      createWriteStream(path),
    )
    const { readFileSync } = await import('node:fs')
    const { results } = await read(given('packed.xlsx.gz', gzipSync(readFileSync(path))))
    expect(results.length).toBe(2)
  })
})

/** A ZIP file whose directory claims any size, with `copies` entries for the same bytes. */
function forgedZip(packed: Buffer, claimed: number, copies = 1): Buffer {
  const name = Buffer.from('xl/workbook.xml')
  const local = Buffer.alloc(30)
  local.writeUInt32LE(0x04034b50, 0)
  local.writeUInt16LE(8, 8)
  local.writeUInt16LE(name.length, 26)
  const central = Buffer.alloc(46)
  central.writeUInt32LE(0x02014b50, 0)
  central.writeUInt16LE(8, 10)
  central.writeUInt32LE(packed.length, 20)
  central.writeUInt32LE(claimed, 24)
  central.writeUInt16LE(name.length, 28)
  const directory = Buffer.concat(Array.from({ length: copies }, () => Buffer.concat([central, name])))
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(copies, 8)
  end.writeUInt16LE(copies, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(30 + name.length + packed.length, 16)
  return Buffer.concat([local, name, packed, directory, end])
}
