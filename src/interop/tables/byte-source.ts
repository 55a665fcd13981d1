/**
 * The bytes of a file, read as often as needed and never held as a whole. A gzip file is unpacked on the way,
 * within the limits of size and ratio.
 */
import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { Problem } from '../../kernel/problems.ts'
import type { TableLimits } from './limits.ts'

export interface ByteSource {
  readonly path: string
  readonly fileName: string
  /** On disk, packed. */
  readonly sizeBytes: number
  readonly packed: boolean
  /** A new pass over the (unpacked) bytes. */
  chunks(): AsyncIterable<Buffer>
}

/** 256 KB a read: larger reads gained nothing on a 300 MB file. */
const CHUNK_BYTES = 256 * 1024

/** Throws `tables.empty-file` and `tables.file-too-large`; reading may throw `tables.broken-gzip` and the unpacking limits. */
export async function openByteSource(path: string, fileName: string, limits: TableLimits): Promise<ByteSource> {
  const { size } = await stat(path)
  const place = { file: fileName }
  if (size === 0) throw new Problem('tables.empty-file', {}, { place })
  if (size > limits.fileBytes) {
    throw new Problem('tables.file-too-large', { sizeMb: megabytes(size), limitMb: megabytes(limits.fileBytes) }, { place })
  }
  const head = await readHead(path, 2)
  const packed = head[0] === 0x1f && head[1] === 0x8b
  const read = () => createReadStream(path, { highWaterMark: CHUNK_BYTES })
  return {
    path,
    fileName,
    sizeBytes: size,
    packed,
    chunks: packed ? () => gunzipped(read(), fileName, size, fileName, limits) : read,
  }
}

/** The first bytes of a file on disk, as they are. */
export async function readHead(path: string, length: number): Promise<Buffer> {
  const handle = await open(path)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

/** The first unpacked bytes of a source. */
export async function firstBytes(source: Pick<ByteSource, 'chunks'>, length: number): Promise<Buffer> {
  const parts: Buffer[] = []
  let total = 0
  for await (const chunk of source.chunks()) {
    parts.push(chunk)
    total += chunk.length
    if (total >= length) break
  }
  return Buffer.concat(parts).subarray(0, length)
}

/** `entry` of `size` bytes is what the message names. Throws `tables.broken-gzip` and the unpacking limits. */
export async function* gunzipped(
  input: Readable,
  entry: string,
  size: number,
  fileName: string,
  limits: TableLimits,
): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES })
  input.on('error', (error) => gunzip.destroy(error))
  input.pipe(gunzip)
  let total = 0
  try {
    for await (const chunk of gunzip) {
      total += chunk.length
      guardUnpacked(entry, total, size, fileName, limits)
      yield chunk as Buffer
    }
  } catch (error) {
    if (error instanceof Problem) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new Problem('tables.broken-gzip', { reason }, { place: { file: fileName }, cause: error })
  } finally {
    input.destroy()
    gunzip.destroy()
  }
}

/** Stops a part that unpacks to more than the limits allow; counted on real bytes, not on what the file claims. */
export function guardUnpacked(entry: string, unpacked: number, packed: number, fileName: string, limits: TableLimits): void {
  const place = { file: fileName }
  if (unpacked > limits.unpackedBytes) {
    throw new Problem('tables.unpacks-too-large', { entry, limitMb: megabytes(limits.unpackedBytes) }, { place })
  }
  const ratio = unpacked / Math.max(packed, 1)
  if (unpacked > limits.ratioFromBytes && ratio > limits.ratio) {
    throw new Problem('tables.packed-too-tightly', { entry, ratio: Math.floor(ratio), limit: limits.ratio }, { place })
  }
}

/** Bytes in millions, with one digit below ten, as people read sizes. */
function megabytes(bytes: number): number {
  return bytes < 10_000_000 ? Math.round(bytes / 100_000) / 10 : Math.round(bytes / 1_000_000)
}
