/**
 * Keeps the embedded engine running in its worker thread: start, stop, and start again after the watchdog stopped a
 * runaway statement or after a fault. Committed data survive both, because the engine recovers from its own log.
 */
import { setFlagsFromString } from 'node:v8'
import { Worker } from 'node:worker_threads'
import { Problem } from '../../kernel/problems.ts'
import { isOverdue, markIdle, newEngineState, ranOutOfDisk } from './engine-state.ts'
import type { EngineMessage, EngineTask } from './engine-worker.ts'

/** How often the running statement's age is looked at; a statement is stopped at most this much too late. */
const WATCH_EVERY_MS = 200

/** An engine that breaks more often than this within a minute is left stopped, with the fault told to the callers. */
const MOST_RESTARTS_A_MINUTE = 5

/** A write that failed for lack of space this long ago explains an engine that broke now. */
const DISK_FULL_WITHIN_MS = 10_000

/** After that it is tried again when asked, but not more often than this. */
const REST_MS = 10_000

export interface EngineHost {
  /** Resolves when the engine serves; during a restart it waits. Rejects when the engine cannot be started. */
  ready(): Promise<void>
  /** A write failed for lack of space within the last seconds. */
  ranOutOfDisk(): boolean
  close(): Promise<void>
}

interface RunningEngine {
  readonly worker: Worker
  readonly ready: Promise<void>
  readonly ended: Promise<void>
}

/** `onEnd` is told when the thread has ended unasked: every connection made so far is broken. */
export function startEngine(folder: string, socket: string, limitMs: number, onEnd: () => void): EngineHost {
  const state = newEngineState()
  const restarts: number[] = []
  let closing = false
  let stoppedAt: number | undefined
  let engine = launch({ folder, socket, state, limitMs })
  let serving = engine.ready
  keepAlive(engine)

  const watchdog = setInterval(() => {
    if (!isOverdue(state)) return
    markIdle(state)
    // New callers wait from now on, and not on connections that are about to break.
    serving = engine.worker.terminate().then(() => serving)
  }, WATCH_EVERY_MS)
  watchdog.unref()

  function keepAlive(running: RunningEngine): void {
    serving.catch(() => {}) // Told to whoever waits for `ready`; without this line Node would end the program.
    running.worker.once('exit', () => {
      if (closing) return
      onEnd()
      if (mayRestart()) restart()
      else stay(running.ready)
    })
  }

  function restart(): void {
    stoppedAt = undefined
    markIdle(state)
    engine = launch({ folder, socket, state, limitMs })
    serving = engine.ready
    keepAlive(engine)
  }

  /** Stopped until somebody asks again later: the cause, such as a full disk, may be gone by then. */
  function stay(lastStart: Promise<void>): void {
    stoppedAt = Date.now()
    serving = lastStart.then(() => Promise.reject(new Problem('database.unreachable', { reason: 'engine' })))
    serving.catch(() => {})
  }

  function mayRestart(): boolean {
    const now = Date.now()
    restarts.push(now)
    return restarts.filter((at) => now - at < 60_000).length <= MOST_RESTARTS_A_MINUTE
  }

  return {
    ready() {
      if (stoppedAt !== undefined && Date.now() - stoppedAt > REST_MS) restart()
      return serving
    },
    ranOutOfDisk: () => ranOutOfDisk(state, DISK_FULL_WITHIN_MS),
    async close() {
      closing = true
      clearInterval(watchdog)
      engine.worker.postMessage('close')
      await engine.ended
    },
  }
}

/** Makes a new, empty data folder and stops again; takes seconds, so the result is kept as a template. */
export async function createCluster(folder: string): Promise<void> {
  const engine = launch({ folder, state: newEngineState(), limitMs: 0 })
  await engine.ready
  await engine.ended
}

/**
 * V8 replaces the passage from WebAssembly to JavaScript by a faster one after a thousand calls, and at times frees the old one twice
 * (seen with Node 24.21: `Check failed: jit_page_->allocations_.erase(addr) == 1` below `Runtime_TierUpWasmToJSWrapper`), which ends
 * the process. Passages that are made for their signature at once are never replaced; no slower in an import of 10,000 activities.
 */
function avoidReplacedPassages(): void {
  setFlagsFromString('--no-wasm-generic-wrapper')
}

function launch(task: EngineTask): RunningEngine {
  avoidReplacedPassages()
  // `new URL` is not rewritten by the compiler, so the ending is chosen here.
  const file = import.meta.url.endsWith('.ts') ? './engine-worker.ts' : './engine-worker.js'
  const worker = new Worker(new URL(file, import.meta.url), { workerData: task, execArgv: [] })
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  const ready = new Promise<void>((resolve, reject) => {
    let fault: string | undefined
    worker.on('message', (message: EngineMessage) => {
      if (message.kind !== 'fault') resolve()
      else fault = `${message.code}: ${message.message}`
    })
    worker.on('error', (error) => {
      fault = `${(error as NodeJS.ErrnoException).code ?? error.name}: ${error.message.slice(0, 300)}`
    })
    worker.once('exit', (code) => {
      const cause = new Error(`embedded database: ${fault ?? `its thread ended with code ${code}`}`)
      const full = ranOutOfDisk(task.state, DISK_FULL_WITHIN_MS)
      reject(full ? new Problem('database.disk-full', {}, { cause }) : cause)
    })
  })
  return { worker, ready, ended }
}
