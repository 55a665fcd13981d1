/**
 * The worker thread of the embedded engine: opens the folder and serves PostgreSQL's wire protocol on a unix socket.
 * Messages to the main thread carry a code and a message only; PGlite's own errors would print its whole bundle.
 */
import { chmodSync, rmSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { PGLiteSocketServer } from '@electric-sql/pglite-socket'
import { Engine } from './engine.ts'
import type { EngineState } from './engine-state.ts'

export interface EngineTask {
  readonly folder: string
  readonly state: EngineState
  readonly limitMs: number
  /** Absent: only make the folder, then stop (for the template). */
  readonly socket?: string
}

export type EngineMessage =
  | { readonly kind: 'ready' | 'closed' }
  | { readonly kind: 'fault'; readonly code: string; readonly message: string }

const MOST_CLIENTS = 200

function tell(message: EngineMessage): void {
  parentPort?.postMessage(message)
}

function fault(error: unknown): never {
  const { code, name, message } = error as { code?: string; name?: string; message?: string }
  tell({ kind: 'fault', code: code ?? name ?? 'unknown', message: String(message ?? error).slice(0, 300) })
  process.exit(1)
}

async function run({ folder, state, limitMs, socket }: EngineTask): Promise<void> {
  const engine = new Engine(folder, state, limitMs, fault)
  await engine.waitReady

  if (socket === undefined) {
    await engine.checkpoint()
    await engine.close()
    tell({ kind: 'closed' })
    return
  }

  rmSync(socket, { force: true })
  const server = new PGLiteSocketServer({ db: engine, path: socket, maxConnections: MOST_CLIENTS })
  await server.start()
  chmodSync(socket, 0o600)
  parentPort?.once('message', async () => {
    try {
      await server.stop()
      await engine.checkpoint()
      await engine.close()
      tell({ kind: 'closed' })
    } catch (error) {
      fault(error)
    }
    process.exit(0)
  })
  tell({ kind: 'ready' })
}

run(workerData as EngineTask).catch(fault)
