/** Threads that read pieces, so that parsing uses the processors while the database writes. */
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { Problem, type ProblemPlace } from '../../../kernel/problems.ts'
import type { MergeTask, PieceAnswer, PieceTask, PoolSetup, ReadAnswer, ReadTask } from './piece-task.ts'
import type { PieceReader } from './read-pieces.ts'

export interface PiecePool {
  /** Tasks that are handed out before the first answer is waited for, so that no thread idles. */
  readonly ahead: number
  read(task: ReadTask): Promise<ReadAnswer>
  merge(task: MergeTask): Promise<Extract<PieceAnswer, { merged: unknown }>>
  close(): Promise<void>
}

interface Waiting {
  resolve(value: unknown): void
  reject(error: unknown): void
}

interface Reply {
  readonly id: number
  readonly value?: unknown
  readonly problem?: { code: string; params: Record<string, string | number>; place?: ProblemPlace }
  readonly fault?: string
}

/** More gain little: from here on the database is what everybody waits for. */
const MOST_THREADS = 4

/** A batch of pieces with their trees fits in the young generation, so that little is ever moved; the rest is code. */
const MEMORY = { maxYoungGenerationSizeMb: 48, maxOldGenerationSizeMb: 256 }

/** A few pieces are read sooner here than a thread has started. */
const FEW_PIECES = 60

export function openPiecePool(setup: PoolSetup): PiecePool {
  const most = Math.max(1, Math.min(MOST_THREADS, availableParallelism()))
  const file = import.meta.url.endsWith('.ts') ? './piece-worker.ts' : './piece-worker.js'
  const waiting = new Map<number, Waiting>()
  const threads: { readonly worker: Worker; busy: number }[] = []
  let next = 0
  let here: Promise<PieceReader> | undefined

  function startThread(): (typeof threads)[number] {
    const worker = new Worker(new URL(file, import.meta.url), { workerData: setup, execArgv: [], resourceLimits: MEMORY })
    const thread = { worker, busy: 0 }
    worker.on('message', ({ id, value, problem, fault }: Reply) => {
      thread.busy -= 1
      const call = waiting.get(id)
      waiting.delete(id)
      if (problem) {
        call?.reject(new Problem(problem.code, problem.params, problem.place ? { place: problem.place } : {}))
      } else if (fault) call?.reject(new Error(`A piece could not be read: ${fault}`))
      else call?.resolve(value)
    })
    worker.on('error', (error) => {
      for (const call of waiting.values()) call.reject(error)
      waiting.clear()
    })
    threads.push(thread)
    return thread
  }

  function send<T>(task: PieceTask, transfer: ArrayBuffer[]): Promise<T> {
    const idle = threads.find(({ busy }) => busy === 0)
    const thread = idle ?? (threads.length < most ? startThread() : leastBusy())
    thread.busy += 1
    const id = next++
    return new Promise<T>((resolve, reject) => {
      waiting.set(id, { resolve: resolve as Waiting['resolve'], reject })
      thread.worker.postMessage({ id, task }, transfer)
    })
  }

  function leastBusy(): (typeof threads)[number] {
    return threads.reduce((least, one) => (one.busy < least.busy ? one : least))
  }

  async function readHere(): Promise<PieceReader> {
    here ??= import('./read-pieces.ts').then(({ createPieceReader }) => createPieceReader(setup))
    return here
  }

  return {
    ahead: most + 2,
    async read(task) {
      if (threads.length === 0 && task.places.length <= FEW_PIECES) return (await readHere()).read(task)
      return send(task, [task.bytes.buffer as ArrayBuffer])
    },
    async merge(task) {
      if (threads.length > 0 || task.items.length > FEW_PIECES) return send(task, [])
      const { mergePieces } = await import('./merge-pieces.ts')
      return { merged: mergePieces(await readHere(), task) }
    },
    async close() {
      await Promise.all(threads.map(({ worker }) => worker.terminate()))
    },
  }
}
