/**
 * The embedded engine: PGlite on a folder, made as safe as a PostgreSQL server. Runs in a worker thread only.
 *
 * Three things are added to PGlite:
 * 1. Commits are durable. PGlite runs with fsync off and its file layer has no fsync. Here fsync is on and reaches the disk.
 *    `wal_sync_method=fsync`, because the build turns fdatasync into nothing (measured: 0 calls for 300 commits, with fsync 300).
 * 2. Messages of one client stay together until its Sync. PGlite has one backend and one unnamed statement, so another
 *    client's Parse between our Parse and Bind would swap the statements.
 * 3. Every message is timed in shared memory, so that the watchdog outside can stop one that runs away.
 */
import { fdatasyncSync } from 'node:fs'
import { PGlite } from '@electric-sql/pglite'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import { unaccent } from '@electric-sql/pglite/contrib/unaccent'
import { NodeFS } from '@electric-sql/pglite/nodefs'
import { syncPath } from './copy-durably.ts'
import { type EngineState, markDiskFull, markIdle, markRunning } from './engine-state.ts'

/** Files below `pg_wal` that grew by this much since the last checkpoint ask for the next one; PGlite never does so itself. */
const CHECKPOINT_AFTER_BYTES = 128 * 1024 * 1024

/**
 * Pages that the engine keeps, MB. The system keeps the same pages once more in its own cache, so less costs little: of the usual
 * 128 a first start with the sample data fills all, and needs 70 MB more memory.
 */
const BUFFERS_MB = 64

/** WASI error numbers, as the WebAssembly build of the engine reads them. */
const WASI_EIO = 29

interface NodeStream {
  readonly nfd?: number
  readonly node: unknown
  readonly path?: string
}

interface NodeFileOps {
  write(stream: NodeStream, buffer: Uint8Array, offset: number, length: number, position: number): number
  fsync?(stream: NodeStream): number
}

type EmscriptenOptions = Parameters<NodeFS['init']>[1]

/** The folder on disk, with an fsync that works and a count of the bytes of WAL written. */
class DurableFiles extends NodeFS {
  walBytes = 0
  readonly #state: EngineState
  readonly #onFault: (error: unknown) => void

  constructor(folder: string, state: EngineState, onFault: (error: unknown) => void) {
    super(folder)
    this.#state = state
    this.#onFault = onFault
  }

  override async init(pg: PGlite, options: EmscriptenOptions): Promise<{ emscriptenOpts: EmscriptenOptions }> {
    const { emscriptenOpts } = await super.init(pg, options)
    // A panic (for example a full disk while the log is written) aborts the engine; without this it would spin for ever.
    emscriptenOpts.onAbort = this.#onFault
    emscriptenOpts.preRun = [emscriptenOpts.preRun ?? []].flat()
    emscriptenOpts.preRun.push((module: { FS: unknown }) => this.#addFsync(module))
    return { emscriptenOpts }
  }

  #addFsync(module: { FS: unknown }): void {
    const { NODEFS } = (module.FS as { filesystems: { NODEFS: { stream_ops: NodeFileOps; realPath(node: unknown): string } } })
      .filesystems
    const operations = NODEFS.stream_ops
    const write = operations.write
    operations.write = (stream, buffer, offset, length, position) => {
      if (stream.path?.includes('/pg_wal/')) this.walBytes += length
      try {
        return write(stream, buffer, offset, length, position)
      } catch (error) {
        // 51 is ENOSPC, 19 is EDQUOT.
        if ([51, 19].includes((error as { errno?: number }).errno ?? 0)) markDiskFull(this.#state)
        throw error
      }
    }
    operations.fsync = (stream) => {
      try {
        if (stream.nfd === undefined) syncPath(NODEFS.realPath(stream.node))
        else fdatasyncSync(stream.nfd)
        return 0
      } catch {
        return WASI_EIO // The engine panics on this, as it must: what it believed to be safe may not be.
      }
    }
  }
}

const QUERY = 'Q'.charCodeAt(0)
const SYNC = 'S'.charCodeAt(0)
const TERMINATE = 'X'.charCodeAt(0)
const STARTUP = 0 // The first message of a client has no type byte; its length begins with a zero.
const SYNC_MESSAGE = new Uint8Array([SYNC, 0, 0, 0, 4])

export class Engine extends PGlite {
  readonly #files: DurableFiles
  readonly #state: EngineState
  readonly #defaultLimitMs: number
  readonly #onFault: (error: unknown) => void
  #limitMs: number
  #withinExchange = false

  /** `limitMs` 0 means no limit. `onFault` is told when the engine itself broke; it cannot be used afterwards. */
  constructor(folder: string, state: EngineState, limitMs: number, onFault: (error: unknown) => void) {
    const files = new DurableFiles(folder, state, onFault)
    super({
      fs: files,
      extensions: { pg_trgm, unaccent },
      startParams: [
        ...PGlite.defaultStartParams.filter((param) => param !== '-F'),
        ...['-c', 'wal_sync_method=fsync'],
        ...['-c', `shared_buffers=${BUFFERS_MB}MB`],
      ],
    })
    this.#files = files
    this.#state = state
    this.#defaultLimitMs = limitMs
    this.#limitMs = limitMs
    this.#onFault = onFault
  }

  /** The socket server gives the next turn to the same client as long as this is true. */
  override isInTransaction(): boolean {
    return this.#withinExchange || super.isInTransaction()
  }

  override async execProtocolRawStream(
    message: Uint8Array,
    options: Parameters<PGlite['execProtocolRawStream']>[1],
  ): Promise<void> {
    const type = message[0] ?? TERMINATE
    markRunning(this.#state, this.#limitMs)
    try {
      await super.execProtocolRawStream(message, options)
    } catch (error) {
      this.#onFault(error)
    } finally {
      markIdle(this.#state)
    }
    this.#withinExchange = ![QUERY, SYNC, TERMINATE, STARTUP].includes(type)
    if (type === QUERY) this.#limitMs = limitSetBy(message) ?? this.#limitMs
    if (!this.isInTransaction()) {
      this.#limitMs = this.#defaultLimitMs
      if (this.#files.walBytes > CHECKPOINT_AFTER_BYTES) await this.checkpoint()
    }
  }

  /** The socket server calls this with ROLLBACK when a client vanishes; its half-sent exchange is closed first. */
  override async exec(...parameters: Parameters<PGlite['exec']>): ReturnType<PGlite['exec']> {
    if (this.#withinExchange) {
      this.execProtocolRawSync(SYNC_MESSAGE)
      this.#withinExchange = false
    }
    return super.exec(...parameters)
  }

  /** Writes all data files and syncs them; afterwards the older WAL is no longer needed. */
  async checkpoint(): Promise<void> {
    this.#files.walBytes = 0
    const checkpoint = new TextEncoder().encode('checkpoint\0')
    const message = new Uint8Array(5 + checkpoint.length)
    new DataView(message.buffer).setInt32(1, 4 + checkpoint.length)
    message[0] = QUERY
    message.set(checkpoint, 5)
    await super.execProtocolRawStream(message, { onRawData: () => {} })
  }
}

/** PGlite ignores `statement_timeout`; the watchdog keeps what `transaction` asked for at its beginning. */
function limitSetBy(message: Uint8Array): number | undefined {
  const text = new TextDecoder('latin1').decode(message.subarray(5, 300))
  const found = /set local statement_timeout = (\d+)/.exec(text)?.[1]
  return found === undefined ? undefined : Number(found)
}
