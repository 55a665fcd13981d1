/** Standard input as a file, within the limit of any other file that comes in; kept for as long as it is read. */
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Problem } from '../kernel/problems.ts'

const MEGABYTE = 1_000_000

/** Errors: Problem `cli.input-too-large`; then nothing of it is left on the disk, and the rest of the input is not read. */
export async function withInput<T>(
  input: Readable,
  { fileName, limitBytes }: { readonly fileName: string; readonly limitBytes: number },
  work: (path: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'sursur-input-'))
  try {
    const path = join(folder, fileName)
    await pipeline(input, withinLimit(limitBytes), createWriteStream(path, { mode: 0o600 }))
    return await work(path)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function withinLimit(limitBytes: number) {
  return async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let bytes = 0
    for await (const chunk of chunks) {
      bytes += chunk.length
      if (bytes > limitBytes) throw new Problem('cli.input-too-large', { limitMb: Math.floor(limitBytes / MEGABYTE) })
      yield chunk
    }
  }
}
