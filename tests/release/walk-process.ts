/**
 * Inside the cut network: starts the program, walks its pages, stops it, and prints one JSON object. With `commands` it also imports a
 * table, exports a list and builds a report on the command line.
 *
 *   node tests/release/walk-process.ts FOLDER pages|commands PROGRAM...     files go to FOLDER; the program's words come last
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type CountedByKernel, countedByKernel } from './counted-by-kernel.ts'

export interface Walk {
  /** Addresses that were asked for, with the status of the answer. */
  readonly pages: readonly (readonly [path: string, status: number])[]
  /** What pages would make a browser fetch from another host. */
  readonly fromElsewhere: readonly string[]
  /** Exit codes of the command line. */
  readonly commands: Readonly<Record<string, number>>
  readonly written: Readonly<Record<string, boolean>>
  readonly said: string
  /** The data folder when the program has ended: its mode, for example 700, and what is in it. */
  readonly data: { readonly mode: string; readonly entries: readonly string[] }
  readonly kernel: CountedByKernel
}

/** Enough for one page of each kind; a guard against addresses without end. */
const MOST_PAGES = 80

const [folder = '', extent = 'pages', command = '', ...words] = process.argv.slice(2)
const dataFolder = join(folder, 'data')
process.stdout.write(JSON.stringify(await walk()))

async function walk(): Promise<Walk> {
  const before = countedByKernel()
  const child = spawn(command, [...words, 'start', '--data', dataFolder, '--port', '0', '--json'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString('utf8')
  })
  const site = await addressOf(child)
  const { pages, fromElsewhere } = await walkPages(site)
  const { commands, written } = extent === 'commands' ? runCommands() : { commands: {}, written: {} }
  const ended = new Promise((resolve) => child.once('close', resolve))
  child.kill('SIGTERM')
  await ended
  const after = countedByKernel()
  const kernel = {
    refusedConnections: after.refusedConnections - before.refusedConnections,
    datagrams: after.datagrams - before.datagrams,
  }
  const data = { mode: (statSync(dataFolder).mode & 0o777).toString(8), entries: readdirSync(dataFolder) }
  return { pages, fromElsewhere, commands, written, said, data, kernel }
}

/** Of addresses that differ only in a filter or an identifier, one stands for all. */
async function walkPages(site: string): Promise<Pick<Walk, 'pages' | 'fromElsewhere'>> {
  const queue = ['/en', '/ar', '/api/openapi.json']
  const kinds = new Set<string>()
  const pages: [string, number][] = []
  const fromElsewhere: string[] = []
  for (let path = queue.shift(); path !== undefined && pages.length < MOST_PAGES; path = queue.shift()) {
    const kind = (path.split('?')[0] ?? '').replace(/[^/]*(\d|[A-Z])[^/]*/g, ':id')
    if (kinds.has(kind)) continue
    kinds.add(kind)
    const response = await fetch(`${site}${path}`, { redirect: 'manual' })
    pages.push([path, response.status])
    const text = await response.text()
    if (!(response.headers.get('content-type') ?? '').includes('text/html')) continue
    for (const [found] of text.matchAll(
      /<(?:img|script|iframe|link|source|form)\b[^>]*\b(?:src|href|action)="(?:https?:)?\/\/[^>]*>/g,
    ))
      fromElsewhere.push(`${path}: ${found}`)
    for (const [, href = ''] of text.matchAll(/href="(\/(?:en|ar|api)[^"#]*)/g)) queue.push(href.replaceAll('&amp;', '&'))
  }
  return { pages, fromElsewhere }
}

function runCommands(): Pick<Walk, 'commands' | 'written'> {
  const table = join(folder, 'ours.csv')
  writeFileSync(table, 'Project ID,Project title,Host country,Partner countries\nW-01,Wells,Kenya,Brazil\n')
  const files = { export: join(folder, 'list.csv'), report: join(folder, 'report.html') }
  const commands = {
    import: run('import', table, '--portfolio', 'ours'),
    export: run('export', '--format', 'csv', '--out', files.export),
    report: run('report', 'build', 'mainstreaming-2015', '--out', files.report),
    doctor: run('doctor'),
  }
  return { commands, written: { export: existsSync(files.export), report: existsSync(files.report) } }
}

function run(...verb: string[]): number {
  return spawnSync(command, [...words, ...verb, '--data', dataFolder], { stdio: 'ignore' }).status ?? 1
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let out = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      out += chunk.toString('utf8')
      const line = out.split('\n').find((candidate) => candidate.startsWith('{'))
      if (line) resolve(JSON.parse(line).address)
    })
    child.once('exit', (code) => reject(new Error(`The program ended with ${code} before it was ready.`)))
  })
}
