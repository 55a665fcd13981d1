/** How a verb writes a file. */
import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import type { Writable } from 'node:stream'
import { defineProblems, Problem } from '../kernel/problems.ts'

defineProblems('exports', {
  'out-missing': { kind: 'invalid', params: [] },
  'file-not-writable': { kind: 'invalid', params: ['file', 'reason'] },
})

/** Written beside and renamed: a broken export never looks like a whole one. */
export async function writeWhole<T>(out: string, fill: (stream: Writable) => Promise<T>): Promise<T> {
  const part = `${out}.part`
  try {
    const stream = createWriteStream(part)
    const failed = new Promise<never>((_resolve, reject) => stream.once('error', reject))
    const written = await Promise.race([fill(stream), failed])
    await rename(part, out)
    return written
  } catch (error) {
    await rm(part, { force: true })
    if (error instanceof Error && 'code' in error && typeof error.code === 'string' && 'path' in error)
      throw new Problem('exports.file-not-writable', { file: out, reason: error.code }, { cause: error })
    throw error
  }
}
