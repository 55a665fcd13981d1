/**
 * The program asks nothing of other hosts unless it is told to (mail, sign-in by OpenID Connect): it is started with outgoing traffic
 * blocked, its pages are walked, and a table is imported, a list exported, a report built. Two recorders must both be empty: one inside
 * the program, which names the host, and the kernel's own counters, which miss no thread and no library.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PACKAGE_ROOT } from '../../src/kernel/package-root.ts'
import { PROGRAM } from '../journeys/running-site.ts'
import { type CutRun, runCut, whyNotCut } from './cut-network.ts'
import type { Walk } from './walk-process.ts'

const WALK = fileURLToPath(new URL('./walk-process.ts', import.meta.url))
const COUNTED = new URL('./counted-by-kernel.ts', import.meta.url).href

const notCut = whyNotCut()
let folder: string
let run: CutRun
let walk: Walk

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sursur-walk-'))
  const words = [process.execPath, WALK, folder, 'commands', process.execPath, PROGRAM]
  run = await runCut(words, { cut: notCut === undefined })
  expect(run.code, run.said).toBe(0)
  walk = JSON.parse(run.out)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the program with outgoing traffic blocked', () => {
  test('answers on its pages, imports, exports and builds a report', () => {
    expect(walk.pages.filter(([, status]) => status === 200).length).toBeGreaterThan(20)
    expect(walk.pages.filter(([, status]) => status >= 500)).toEqual([])
    expect(walk.commands).toEqual({ import: 0, export: 0, report: 0, doctor: 0 })
    expect(walk.written).toEqual({ export: true, report: true })
  })

  test('connects to no other host and looks up no name', () => {
    expect(run.attempts).toEqual([])
  })

  test('has no page that would make a browser fetch something from elsewhere', () => {
    expect(walk.fromElsewhere).toEqual([])
  })

  test.skipIf(notCut)(`the kernel counted no connection that went out and no datagram${because(notCut)}`, () => {
    expect(walk.kernel).toEqual({ refusedConnections: 0, datagrams: 0 })
  })
})

test('the data folder is closed to others and holds only what the page for the security officer names', () => {
  const page = readFileSync(join(PACKAGE_ROOT, 'docs/guides/security-officer.md'), 'utf8')
  expect(walk.data.mode).toBe('700')
  expect(walk.data.entries).toContain('database')
  expect(walk.data.entries.filter((entry) => !page.includes(`\`${entry}\``))).toEqual([])
})

/** Nothing found proves something only when an attempt would be found. */
describe.skipIf(notCut)(`a program that does go out${because(notCut)}`, () => {
  test('is noticed: by address, by name, by datagram', async () => {
    const { attempts } = await runCut([process.execPath, '--input-type=module', '--eval', ATTEMPTS])
    expect(attempts).toEqual([
      'connect 192.0.2.1',
      'connect one.invalid',
      'dns one.invalid',
      'dns two.invalid',
      'datagram 192.0.2.9',
    ])
  })

  test('is noticed by the kernel also in a thread that the recorder does not reach', async () => {
    const { out, attempts } = await runCut([process.execPath, '--input-type=module', '--eval', ATTEMPT_OF_A_THREAD])
    expect(attempts).toEqual([])
    expect(JSON.parse(out)).toEqual({ refusedConnections: 1, datagrams: 0 })
  })
})

const ATTEMPTS = `
  import { createSocket } from 'node:dgram'
  import { resolve4 } from 'node:dns/promises'
  await fetch('http://192.0.2.1/').catch(() => {})
  await fetch('http://one.invalid/').catch(() => {})
  await resolve4('two.invalid').catch(() => {})
  const socket = createSocket('udp4').bind(0, () => socket.send('x', 53, '192.0.2.9', () => socket.close()))
`

const ATTEMPT_OF_A_THREAD = `
  import { Worker } from 'node:worker_threads'
  import { countedByKernel } from ${JSON.stringify(COUNTED)}
  const connect = "require('node:net').connect(443, '192.0.2.1').on('error', () => {})"
  new Worker(connect, { eval: true, execArgv: [], env: {} }).on('exit', () => console.log(JSON.stringify(countedByKernel())))
`

function because(reason: string | undefined): string {
  return reason === undefined ? '' : ` (skipped: ${reason})`
}
