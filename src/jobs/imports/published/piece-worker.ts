/** The thread that reads pieces: parsed, brought to version 2.03, checked, turned into facts and into the columns of lists. */
import { parentPort, workerData } from 'node:worker_threads'
import { Problem } from '../../../kernel/problems.ts'
import { mergePieces } from './merge-pieces.ts'
import type { MergeTask, PieceTask, PoolSetup, ReadTask } from './piece-task.ts'
import { createPieceReader } from './read-pieces.ts'

const reader = createPieceReader(workerData as PoolSetup)

function answer(task: ReadTask | MergeTask): { value: unknown; transfer: ArrayBuffer[] } {
  if (task.kind === 'merge') return { value: { merged: mergePieces(reader, task) }, transfer: [] }
  const value = reader.read(task)
  return { value, transfer: [value.block.buffer as ArrayBuffer, value.lines.buffer as ArrayBuffer] }
}

parentPort?.on('message', ({ id, task }: { id: number; task: PieceTask }) => {
  try {
    const { value, transfer } = answer(task)
    parentPort?.postMessage({ id, value }, transfer)
  } catch (error) {
    // A Problem keeps its code and place on the other side; anything else is a fault there as it is here.
    const problem = error instanceof Problem ? { code: error.code, params: error.params, place: error.place } : undefined
    parentPort?.postMessage({ id, problem, fault: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
})
