/** Opens the database: the embedded engine in a data folder, or a PostgreSQL server. */
import { chmodSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { Problem } from '../kernel/problems.ts'
import type { Database } from './db.ts'
import { startEngine } from './embedded/engine-host.ts'
import { hasLivingOwner, takeLock } from './embedded/lock-file.ts'
import { chooseSocketFolder, removeSocket, SOCKET_NAME, SOCKET_PORT } from './embedded/socket-folder.ts'
import { hasCluster, prepareCluster } from './embedded/template.ts'
import { poolDatabase, REQUEST_LIMIT_SECONDS } from './pool-database.ts'
import { translateError } from './translate-error.ts'
import { typeParsers } from './type-parsers.ts'
import './problems.ts'

export type DatabaseLocation = { readonly dataFolder: string } | { readonly url: string }

export type OpenOptions = DatabaseLocation & {
  /** How long a statement may run unless its transaction says otherwise; default 60. */
  readonly limitSeconds?: number
  /** Connections kept to a server; default 10. */
  readonly poolSize?: number
}

/** `server_version_num` of PostgreSQL 15, the oldest that every statement of the product runs on. */
const OLDEST_SERVER = 150_000

/** A guest waits this long for an owner that is just starting. */
const OWNER_START_MS = 20_000

/** Each session writes dates, times and bytes the same way, wherever it runs. */
const SESSION = '-c timezone=UTC -c datestyle=ISO -c intervalstyle=postgres -c bytea_output=hex'

/** Names of the lock file and of the engine's own folder, inside the data folder. */
export const LOCK_FILE = 'database.lock'
export const CLUSTER_FOLDER = 'database'

/**
 * Errors: Problems `database.unreachable`, `database.server-too-old`, `database.in-use-elsewhere`,
 * `database.folder-not-writable`, `database.disk-full`.
 */
export async function openDatabase(options: OpenOptions): Promise<Database> {
  const limitSeconds = options.limitSeconds ?? REQUEST_LIMIT_SECONDS
  return 'url' in options
    ? openServer(options.url, limitSeconds, options.poolSize ?? 10)
    : openFolder(resolve(options.dataFolder), limitSeconds)
}

async function openServer(url: string, limitSeconds: number, poolSize: number): Promise<Database> {
  const pool = newPool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: 30_000,
    options: `${SESSION} -c statement_timeout=${limitSeconds * 1000}`,
  })
  const database = poolDatabase({
    engine: 'server',
    owner: true,
    pool: () => pool,
    limitSeconds,
    ready: async () => {},
    ranOutOfDisk: () => false,
    close: () => pool.end(),
  })
  try {
    await requireVersion(pool)
  } catch (error) {
    await pool.end()
    throw translateError(error, { ranMs: 0, limitMs: 0, engine: 'server', ranOutOfDisk: false })
  }
  return database
}

async function requireVersion(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ number: string; text: string }>(
    `select current_setting('server_version_num') as number, current_setting('server_version') as text`,
  )
  const [version] = rows
  if (Number(version?.number ?? 0) < OLDEST_SERVER) {
    throw new Problem('database.server-too-old', { found: version?.text ?? '?', needed: '15' })
  }
}

async function openFolder(dataFolder: string, limitSeconds: number): Promise<Database> {
  makePrivateFolder(dataFolder)
  const lockFile = join(dataFolder, LOCK_FILE)
  for (const giveUpAt = Date.now() + OWNER_START_MS; ; await wait(100)) {
    const lock = takeLock(lockFile, () => chooseSocketFolder(dataFolder))
    if (lock.role === 'guest') {
      const guest = await tryGuest(lockFile, lock.owner.socketFolder, limitSeconds)
      if (guest) return guest
      if (Date.now() > giveUpAt) throw new Problem('database.unreachable', { reason: `${lock.owner.host} ${lock.owner.pid}` })
      continue
    }
    try {
      return await openAsOwner(dataFolder, lock.socketFolder, limitSeconds, lock.release)
    } catch (error) {
      removeSocket(lock.socketFolder, dataFolder)
      lock.release()
      throw translateError(error, { ranMs: 0, limitMs: 0, engine: 'embedded', ranOutOfDisk: false })
    }
  }
}

/** Only the owner of the folder may read the data: 700, whatever the umask is. */
function makePrivateFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    chmodSync(folder, 0o700)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOSPC') throw new Problem('database.disk-full', {}, { cause: error })
    throw new Problem('database.folder-not-writable', { folder }, { cause: error })
  }
}

async function openAsOwner(
  dataFolder: string,
  socketFolder: string,
  limitSeconds: number,
  release: () => void,
): Promise<Database> {
  const cluster = join(dataFolder, CLUSTER_FOLDER)
  if (!hasCluster(cluster)) await prepareCluster(cluster)
  let pool = embeddedPool(socketFolder)
  const host = startEngine(cluster, join(socketFolder, SOCKET_NAME), limitSeconds * 1000, () => {
    const broken = pool
    pool = embeddedPool(socketFolder)
    void broken.end()
  })
  await host.ready()
  return poolDatabase({
    engine: 'embedded',
    owner: true,
    pool: () => pool,
    limitSeconds,
    ready: host.ready,
    ranOutOfDisk: host.ranOutOfDisk,
    close: once(async () => {
      await pool.end()
      await host.close()
      removeSocket(socketFolder, dataFolder)
      release()
    }),
  })
}

async function tryGuest(lockFile: string, socketFolder: string, limitSeconds: number): Promise<Database | undefined> {
  const pool = embeddedPool(socketFolder)
  try {
    await pool.query('select 1')
  } catch (error) {
    await pool.end()
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ECONNREFUSED' || code === 'ECONNRESET') return undefined
    throw error
  }
  return poolDatabase({
    engine: 'embedded',
    owner: false,
    pool: () => pool,
    limitSeconds,
    ready: async () => {
      if (!hasLivingOwner(lockFile)) throw new Problem('database.unreachable', { reason: LOCK_FILE })
    },
    ranOutOfDisk: () => false,
    close: once(() => pool.end()),
  })
}

function embeddedPool(socketFolder: string): pg.Pool {
  return newPool({ host: socketFolder, port: SOCKET_PORT, user: 'postgres', database: 'postgres', max: 10 })
}

function newPool(config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool({ ...config, types: typeParsers, application_name: 'sursur' })
  // A connection that breaks while idle is replaced on the next use; without a listener Node would end the program.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined
  return () => {
    done ??= work()
    return done
  }
}
