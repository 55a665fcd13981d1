/** What the tests of this folder share: a file to import, a process that imports it, and a look at what is there afterwards. */
import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { type App, openApp } from '../../src/app/open-app.ts'
import { readSettings } from '../../src/app/settings.ts'
import { type Db, sql } from '../../src/database/db.ts'
import type { DatabaseLocation } from '../../src/database/open-database.ts'
import { type ImportReport, importTableFile } from '../../src/jobs/imports/import-table-file.ts'
import { PACKAGE_ROOT } from '../../src/kernel/package-root.ts'
import { LOCAL_ADMINISTRATOR } from '../../src/operations/index.ts'

const HOSTS = ['KEN', 'BRA', 'CUB', 'JAM', 'VNM']

/** A list of `rows` initiatives; another `edition` says something else about each of them. */
export function writePortfolio(path: string, rows: number, edition = 'first'): void {
  const lines = Array.from({ length: rows }, (_, index) => {
    const [host, partner] = [HOSTS[index % 5], HOSTS[(index + 2) % 5]]
    return `R-${index + 1},2014,Exchange ${index + 1} (${edition}),regional,${host},${partner}|${host},cso|academia,${host},${partner}`
  })
  const header = 'id,list_year,title,scale,host_countries,partner_countries,partner_types,first_provider,recipient'
  writeFileSync(path, `${header}\n${lines.join('\n')}\n`)
}

/** The program as a start opens it: schema brought up to date, interrupted runs closed. */
export function openProgram(location: DatabaseLocation): Promise<App> {
  return openApp(readSettings('url' in location ? { databaseUrl: location.url } : { dataFolder: location.dataFolder }, {}))
}

export function importHere(app: App, path: string, portfolio: string): Promise<ImportReport> {
  return importTableFile(app.operations, LOCAL_ADMINISTRATOR, { path, portfolio })
}

export interface ImportingProcess {
  /** Lets it begin, and waits until the run exists. */
  begin(): Promise<void>
  /** `kill -9`, and waits until it is gone; gives what it had said. */
  kill(): Promise<string | undefined>
  /** Its last word: the report as JSON, or the code of a problem. */
  lastWord(): Promise<string>
}

export async function importElsewhere(location: DatabaseLocation, path: string, portfolio: string): Promise<ImportingProcess> {
  const script = `${PACKAGE_ROOT}tests/robustness/import-process.ts`
  const child = spawn(process.execPath, [script, JSON.stringify(location), path, portfolio], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const said: string[] = []
  let told = () => {}
  createInterface({ input: child.stdout }).on('line', (line) => {
    said.push(line)
    told()
  })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const heard = (count: number) =>
    new Promise<void>((resolve, reject) => {
      told = () => said.length >= count && resolve()
      told()
      void ended.then(() => reject(new Error(`The importing process ended after saying: ${said.join(' | ')}`)))
    })
  await heard(1)
  return {
    async begin() {
      child.stdin.write('begin\n')
      await heard(2)
    },
    async kill() {
      child.kill('SIGKILL')
      await ended
      return said[2]
    },
    async lastWord() {
      await ended
      return said.at(-1) ?? ''
    },
  }
}

export interface PortfolioState {
  readonly listings: number
  readonly initiatives: number
  readonly partners: number
  readonly versions: number
  readonly staged: number
  readonly openRuns: number
}

/** What an import writes, counted table by table. */
export function stateOf(db: Db, portfolio: string): Promise<PortfolioState> {
  return db.one<PortfolioState>(sql`
    with wanted as (select id from collections where key = ${portfolio})
    select (select count(*) from listings where collection_id in (select id from wanted)) as listings,
           (select count(*) from initiatives where collection_id in (select id from wanted)) as initiatives,
           (select count(distinct p.initiative_id)
            from initiative_partners as p
            join initiatives as i on i.id = p.initiative_id
            where i.collection_id in (select id from wanted)) as partners,
           (select count(*)
            from record_versions as v
            join import_runs as r on r.id = v.run_id
            where r.collection_id in (select id from wanted)) as versions,
           (select count(*) from import_rows) as staged,
           (select count(*) from import_runs where state = 'staging') as "openRuns"
  `)
}
