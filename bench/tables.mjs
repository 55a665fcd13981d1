/**
 * Measures tables in and out: 100,000 rows to XLSX and CSV and back, and a CSV of 300 MB.
 * Run after a build: `node bench/tables.mjs`. Each step runs in a process of its own, so that the memory is its own.
 */
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openTableFile, readListedRows, recogniseFile, tableSheet, writeCsv, writeXlsx } from '../dist/interop/tables/index.js'

const ROWS = 100_000
const LARGE_BYTES = 300_000_000

const COLUMNS = [
  { key: 'identifier', header: 'Project code' },
  { key: 'title', header: 'Title' },
  { key: 'summary', header: 'Description' },
  { key: 'hosts', header: 'Host country' },
  { key: 'partners', header: 'Partner countries' },
  { key: 'start', header: 'Start date', form: 'date' },
  { key: 'end', header: 'End date', form: 'date' },
  { key: 'budget', header: 'Budget (USD)', form: 'decimal' },
  { key: 'sector', header: 'Sector' },
  { key: 'link', header: 'Link' },
]
const COUNTRIES = ['Kenya', 'Brazil', 'Viet Nam', 'Cuba', 'Senegal', 'Côte d’Ivoire', 'Peru', 'Bolivia (Plurinational State of)']

function* rows(count) {
  for (let at = 0; at < count; at++) {
    yield {
      identifier: `P-${at}`,
      title: `Exchange of experience number ${at} & more`,
      summary: `Officials of ${at} institutions visited each other and shared how they plan, pay and check their programmes.`,
      hosts: COUNTRIES[at % 8],
      partners: [COUNTRIES[(at + 1) % 8], COUNTRIES[(at + 3) % 8]],
      start: `2014-0${1 + (at % 9)}-1${at % 10}`,
      end: `2016-0${1 + (at % 9)}-1${at % 10}`,
      budget: `${1000 + at * 13}.50`,
      sector: '11110',
      link: `https://example.org/p/${at}`,
    }
  }
}

const STEPS = {
  'write xlsx': (folder) => writeXlsx([tableSheet('Data', COLUMNS, rows(ROWS))], createWriteStream(join(folder, 'a.xlsx'))),
  'read xlsx': (folder) => read(join(folder, 'a.xlsx')),
  'write csv': (folder) => writeCsv(rows(ROWS), COLUMNS, createWriteStream(join(folder, 'a.csv'))),
  'read csv': (folder) => read(join(folder, 'a.csv')),
  'read csv of 300 MB': (folder) => read(join(folder, 'large.csv')),
}

async function read(path) {
  const file = await openTableFile(path)
  const { sheets } = await recogniseFile(file)
  const listed = readListedRows(file, sheets[0].mapping)
  let problems = 0
  for await (const result of listed) problems += result.problems.length
  return `${listed.summary.accepted} rows accepted, ${listed.summary.rejected} rejected, ${problems} problems`
}

async function makeLarge(path) {
  const out = createWriteStream(path)
  out.write('Project code,Title,Description,Host country,Partner countries,Start date,End date,Budget,Link\n')
  for (let at = 0, bytes = 0; bytes < LARGE_BYTES; ) {
    let piece = ''
    for (let i = 0; i < 2_000; i++, at++) {
      const text = 'Officials visit each other, compare what works and write it down. '.repeat(3)
      piece += `P-${at},Exchange ${at},"${text}${at}",Kenya,"Brazil, Cuba",05/03/2014,13/0${1 + (at % 9)}/2016,"1.234,50",https://example.org/${at}\n`
    }
    bytes += piece.length
    if (!out.write(piece)) await once(out, 'drain')
  }
  out.end()
  await once(out, 'finish')
}

const [step, given] = process.argv.slice(2)
if (step) {
  const start = performance.now()
  const said = await STEPS[step](given)
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  const megabytes = Math.round(process.resourceUsage().maxRSS / 1000)
  console.log(`${step}: ${seconds} s, peak ${megabytes} MB${typeof said === 'string' ? `, ${said}` : ''}`)
} else {
  const folder = mkdtempSync(join(tmpdir(), 'sursur-bench-'))
  try {
    await makeLarge(join(folder, 'large.csv'))
    console.log(`large.csv: ${Math.round(statSync(join(folder, 'large.csv')).size / 1e6)} MB`)
    for (const name of Object.keys(STEPS))
      spawnSync(process.execPath, [fileURLToPath(import.meta.url), name, folder], { stdio: 'inherit' })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
