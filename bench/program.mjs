/** Runs the built program as a process of its own: a server that is asked, or one command to its end. */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'

const PROGRAM = join(fileURLToPath(new URL('..', import.meta.url)), 'bin', 'sursur.js')

/** A start that takes longer than this has failed. */
const START_LIMIT_MS = 180_000

/** Where the data are: `{ folder }` for the embedded engine, `{ folder, url }` beside a PostgreSQL server. */
export function environmentOf({ folder, url }, more = {}) {
  const environment = { ...process.env, SURSUR_DATA: folder, ...more }
  delete environment.DATABASE_URL
  return url === undefined ? environment : { ...environment, DATABASE_URL: url }
}

/** Starts `sursur start` on a free port and gives it back when it says that it is ready. */
export async function startProgram(place, more = {}) {
  const startedAt = performance.now()
  const child = spawn(process.execPath, [PROGRAM, 'start', '--port', '0', '--json'], {
    env: environmentOf(place, more),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (text) => {
    said = (said + text).slice(-5_000)
  })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const address = await new Promise((resolve, reject) => {
    let printed = ''
    const timer = setTimeout(() => reject(new Error(`Not ready after ${START_LIMIT_MS / 1000} s: ${said}`)), START_LIMIT_MS)
    child.once('exit', (code) => reject(new Error(`The program ended with ${code}: ${said}`)))
    child.stdout.on('data', (text) => {
      printed += text
      if (!printed.includes('\n')) return
      clearTimeout(timer)
      resolve(JSON.parse(printed).address)
    })
  })
  // One connection, as a browser has; the host is named as the program expects it.
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  return {
    address,
    pid: child.pid,
    readySeconds: (performance.now() - startedAt) / 1000,
    megabytes: () => residentMegabytes(child.pid),
    processorMs: () => processorMs(child.pid),
    get: (path, headers) => get(address + path, agent, headers),
    said: () => said,
    async stop() {
      agent.destroy()
      child.kill('SIGTERM')
      await ended
    },
  }
}

/** One command: `{ code, printed, said, seconds }`; `onStart` gets the process. */
export async function runCommand(words, place, onStart = () => {}) {
  const startedAt = performance.now()
  const child = spawn(process.execPath, [PROGRAM, ...words], { env: environmentOf(place), stdio: ['ignore', 'pipe', 'pipe'] })
  let printed = ''
  let said = ''
  child.stdout.on('data', (text) => {
    printed += text
  })
  child.stderr.on('data', (text) => {
    said += text
  })
  onStart(child)
  const code = await new Promise((resolve) => child.once('close', resolve))
  return { code, printed, said, seconds: (performance.now() - startedAt) / 1000 }
}

/** Resident memory in MB (10^6 bytes); undefined where the system does not tell. */
function residentMegabytes(pid) {
  try {
    return (Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024) / 1e6
  } catch {
    return undefined
  }
}

/** Processor time so far, in steps of 10 ms: says what a request costs also where many programs share the processors. */
function processorMs(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ')
    return (Number(fields[11]) + Number(fields[12])) * 10
  } catch {
    return undefined
  }
}

/** `{ status, headers, body, bytes, ms }`: the body unpacked, the bytes as sent (compressed, without headers). */
function get(url, agent, headers = {}) {
  const startedAt = performance.now()
  return new Promise((resolve, reject) => {
    const asked = request(url, { agent, headers: { 'accept-encoding': 'gzip', ...headers } }, (response) => {
      const chunks = []
      response.on('data', (chunk) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const ms = performance.now() - startedAt
        const { statusCode: status, headers } = response
        const sent = Buffer.concat(chunks)
        const body = headers['content-encoding'] === 'gzip' ? gunzipSync(sent) : sent
        resolve({ status, headers, body, bytes: sent.length, ms })
      })
    })
    asked.on('error', reject)
    asked.end()
  })
}
