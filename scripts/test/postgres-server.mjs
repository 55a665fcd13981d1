/**
 * A PostgreSQL server for the tests: the one in TEST_DATABASE_URL, or a new one in a temporary folder that is gone afterwards.
 * PostgreSQL refuses to run as root, so a root user starts it as `postgres` or `nobody`.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { installDebianPackage } from './debian-packages.mjs'

const OLDEST_VERSION = 15
const START_SECONDS = 30

/** `{ url, close }`, or `{ missing }` with the sentence that says why there is no server. */
export async function openTestServer() {
  const named = process.env.TEST_DATABASE_URL
  if (named) {
    const problem = await whyNoAnswer(named)
    return problem ? { missing: `the server in TEST_DATABASE_URL does not answer (${problem}).` } : { url: named }
  }
  let binaries = findBinaries()
  if (!binaries) {
    const missing = installDebianPackage('postgresql-15')
    binaries = findBinaries()
    if (!binaries) return { missing: missing ?? 'postgresql-15 was installed but its programs were not found.' }
  }
  try {
    return await startServer(binaries)
  } catch (error) {
    return { missing: `it did not start (${error.message}).` }
  }
}

/** The oldest version that we support: what works there works on newer ones. */
function findBinaries() {
  const base = '/usr/lib/postgresql'
  if (!existsSync(base)) return undefined
  const versions = readdirSync(base)
    .map(Number)
    .filter((version) => version >= OLDEST_VERSION && existsSync(join(base, String(version), 'bin', 'postgres')))
  return versions.length === 0 ? undefined : join(base, String(Math.min(...versions)), 'bin')
}

async function startServer(binaries) {
  const folder = mkdtempSync(join(tmpdir(), 'sursur-postgres-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  const owner = unprivilegedUser()
  if (owner) chownSync(folder, owner.uid, owner.gid)
  const password = randomBytes(12).toString('hex')
  const passwordFile = join(folder, 'password')
  writeFileSync(passwordFile, password)
  if (owner) chownSync(passwordFile, owner.uid, owner.gid)

  const data = join(folder, 'data')
  const identity = { ...owner, cwd: folder, encoding: 'utf8' }
  const initArgs = [
    '-D',
    data,
    '-U',
    'sursur',
    '-E',
    'UTF8',
    '--no-locale',
    '-A',
    'scram-sha-256',
    `--pwfile=${passwordFile}`,
    '--no-sync',
  ]
  const init = spawnSync(join(binaries, 'initdb'), initArgs, identity)
  if (init.status !== 0) {
    remove()
    throw new Error((init.stderr || init.error?.message || 'initdb failed').trim().split('\n').at(-1))
  }

  const port = await freePort()
  // Nothing here outlives the run, so nothing needs to survive a power cut.
  const settings = { port, listen_addresses: '127.0.0.1', unix_socket_directories: folder, fsync: 'off', full_page_writes: 'off' }
  const serverArgs = ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
  const server = spawn(join(binaries, 'postgres'), serverArgs, { ...identity, stdio: 'ignore' })
  const ended = new Promise((resolve) => server.once('exit', resolve))
  const stopAtExit = () => server.kill('SIGQUIT')
  process.once('exit', stopAtExit)
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130))

  const close = async () => {
    process.removeListener('exit', stopAtExit)
    server.kill('SIGINT')
    await ended
    remove()
  }
  const url = `postgresql://sursur:${password}@127.0.0.1:${port}/postgres`
  const giveUpAt = Date.now() + START_SECONDS * 1000
  for (;;) {
    const problem = await whyNoAnswer(url)
    if (!problem) return { url, close }
    if (Date.now() > giveUpAt || server.exitCode !== null) {
      await close()
      throw new Error(problem)
    }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

async function whyNoAnswer(url) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 })
  client.on('error', () => undefined) // a broken connection is reported by the call that used it
  try {
    await client.connect()
    await client.query('select 1')
    return undefined
  } catch (error) {
    return error.message || error.code || 'no reason given'
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Undefined when this process is unprivileged already. */
function unprivilegedUser() {
  if (process.getuid?.() !== 0) return undefined
  for (const name of ['postgres', 'nobody']) {
    try {
      const id = (flag) => Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }))
      return { uid: id('-u'), gid: id('-g') }
    } catch {
      // This user does not exist here; the next one may.
    }
  }
  return undefined
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })
}
