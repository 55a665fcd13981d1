/** Threads that read pieces, so that parsing uses the processors while the database writes. */
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { Problem, type ProblemPlace } from '../../../kernel/problems.ts'
import type { MergeTask, PieceAnswer, PieceTask, PoolSetup, ReadAnswer, ReadTask } from './piece-task.ts'

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

export function openPiecePool(setup: PoolSetup): PiecePool {
  const count = Math.max(1, Math.min(MOST_THREADS, availableParallelism()))
  const file = import.meta.url.endsWith('.ts') ? './piece-worker.ts' : './piece-worker.js'
  const waiting = new Map<number, Waiting>()
  const busy: number[] = []
  let next = 0
  const workers = Array.from({ length: count }, (_unused, index) => {
    busy.push(0)
    const worker = new Worker(new URL(file, import.meta.url), { workerData: setup, execArgv: [] })
    worker.on('message', ({ id, value, problem, fault }: Reply) => {
      busy[index] = (busy[index] ?? 1) - 1
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
    return worker
  })

  function send<T>(task: PieceTask, transfer: ArrayBuffer[]): Promise<T> {
    const index = busy.indexOf(Math.min(...busy))
    busy[index] = (busy[index] ?? 0) + 1
    const id = next++
    return new Promise<T>((resolve, reject) => {
      waiting.set(id, { resolve: resolve as Waiting['resolve'], reject })
      workers[index]?.postMessage({ id, task }, transfer)
    })
  }

  return {
    ahead: count + 2,
    read: (task) => send(task, [task.bytes.buffer as ArrayBuffer]),
    merge: (task) => send(task, []),
    async close() {
      await Promise.all(workers.map((worker) => worker.terminate()))
    },
  }
}
