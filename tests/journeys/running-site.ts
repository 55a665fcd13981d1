/**
 * A real site for journeys: the built program in a folder of its own, on a free port, and a browser beside it.
 *
 *   const site = await startSite()              // with the sample data; { empty: true } without
 *   const page = await site.newPage()           // JavaScript is off unless { script: true }
 *   await page.goto(site.at('/en/initiatives'))
 *   await site.stop()
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'

export const PROGRAM = fileURLToPath(new URL('../../bin/sursur.js', import.meta.url))

export interface Site {
  readonly address: string
  readonly dataFolder: string
  at(path: string): string
  /** In a context of its own: no cookie is shared with another page. */
  newPage(options?: { width?: number; height?: number; script?: boolean }): Promise<Page>
  /** Runs the command line on the same data folder, while the site is up. */
  run(...words: string[]): Promise<{ code: number; out: string; said: string }>
  stop(): Promise<void>
}

const CHROMIUM_ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-sync',
]

export interface SiteOptions {
  readonly empty?: boolean
  /** 0 takes any free one; a fixed one where another program must know it before. */
  readonly port?: number
  /** Further settings. */
  readonly environment?: Readonly<Record<string, string>>
}

export async function startSite({ empty = false, port = 0, environment = {} }: SiteOptions = {}): Promise<Site> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'sursur-site-'))
  const child = spawn(process.execPath, [PROGRAM, 'start', '--data', dataFolder, '--port', String(port), '--json'], {
    env: { ...process.env, DATABASE_URL: '', SURSUR_EMPTY: empty ? 'yes' : 'no', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const address = await addressOf(child)
  let browser: Browser | undefined
  return {
    address,
    dataFolder,
    at: (path) => `${address}${path}`,
    async newPage({ width = 1280, height = 900, script = false } = {}) {
      browser ??= await chromium.launch({
        executablePath: process.env.SURSUR_CHROMIUM ?? '/usr/bin/chromium',
        args: CHROMIUM_ARGUMENTS,
      })
      const context = await browser.newContext({ viewport: { width, height }, javaScriptEnabled: script, bypassCSP: script })
      return context.newPage()
    },
    run: (...words) => runProgram([...words, '--data', dataFolder]),
    async stop() {
      await browser?.close()
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await ended
      rmSync(dataFolder, { recursive: true, force: true })
    },
  }
}

export async function runProgram(words: readonly string[]): Promise<{ code: number; out: string; said: string }> {
  const child = spawn(process.execPath, [PROGRAM, ...words], {
    env: { ...process.env, DATABASE_URL: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [out, said, code] = await Promise.all([
    textOf(child.stdout),
    textOf(child.stderr),
    new Promise<number>((resolve) => child.once('close', (ended) => resolve(ended ?? 1))),
  ])
  return { code, out, said }
}

async function textOf(stream: AsyncIterable<Buffer> | null): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stream ?? []) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let out = ''
    let said = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      out += chunk.toString('utf8')
      const line = out.split('\n').find((candidate) => candidate.startsWith('{'))
      if (line) resolve(JSON.parse(line).address)
    })
    child.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8')
    })
    child.once('exit', (code) => reject(new Error(`The site ended with ${code} before it was ready: ${said}`)))
  })
}
