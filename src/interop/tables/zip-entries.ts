/**
 * The parts of a ZIP file, read from its central directory and unpacked one by one as a stream, behind limits: number of
 * parts, overlap, unpacked size and ratio. Sizes are counted on the bytes that come out, not on what the file claims.
 */
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { createInflateRaw } from 'node:zlib'
import { Problem } from '../../kernel/problems.ts'
import { guardUnpacked } from './byte-source.ts'
import type { TableLimits } from './limits.ts'

export interface ZipEntry {
  readonly name: string
  readonly method: number
  readonly packedBytes: number
  readonly unpackedBytes: number
  readonly offset: number
  readonly encrypted: boolean
}

export interface ZipFile {
  readonly entries: ReadonlyMap<string, ZipEntry>
  /** Unpacks one part. Throws the unpacking limits and `tables.broken-workbook`. */
  read(entry: ZipEntry): AsyncGenerator<Buffer>
}

const END_SIGNATURE = 0x06054b50
const CENTRAL_SIGNATURE = 0x02014b50
/** The end record is 22 bytes and a comment of at most 65,535. */
const END_SEARCH_BYTES = 22 + 65_535
/** 46 fixed bytes and names; real directories need far less than this per part. */
const CENTRAL_BYTES_PER_ENTRY = 1_000

export async function openZip(path: string, fileName: string, limits: TableLimits): Promise<ZipFile> {
  const place = { file: fileName }
  const broken = (reason: string) => new Problem('tables.broken-workbook', { reason }, { place })
  const handle = await open(path)
  try {
    const { size } = await handle.stat()
    const tailLength = Math.min(size, END_SEARCH_BYTES)
    const tail = Buffer.alloc(tailLength)
    await handle.read(tail, 0, tailLength, size - tailLength)
    let end = tailLength - 22
    while (end >= 0 && tail.readUInt32LE(end) !== END_SIGNATURE) end -= 1
    if (end < 0) throw broken('no central directory')
    const count = tail.readUInt16LE(end + 10)
    const centralBytes = tail.readUInt32LE(end + 12)
    const centralOffset = tail.readUInt32LE(end + 16)
    if (count > limits.entries) throw new Problem('tables.too-many-entries', { count, limit: limits.entries }, { place })
    if (centralOffset + centralBytes > size || centralBytes > (count + 1) * CENTRAL_BYTES_PER_ENTRY) {
      throw broken('central directory outside the file')
    }
    const central = Buffer.alloc(centralBytes)
    await handle.read(central, 0, centralBytes, centralOffset)
    const entries = readCentral(central, count, broken)
    guardClaims(entries, centralOffset, fileName, limits)
    const byName = new Map(entries.map((entry) => [entry.name, entry]))
    if (byName.size < entries.length) throw broken('two parts have one name')
    return {
      entries: byName,
      read: (entry) => unpack(path, entry, fileName, limits),
    }
  } finally {
    await handle.close()
  }
}

function readCentral(central: Buffer, count: number, broken: (reason: string) => Problem): ZipEntry[] {
  const entries: ZipEntry[] = []
  let at = 0
  for (let i = 0; i < count; i++) {
    if (at + 46 > central.length || central.readUInt32LE(at) !== CENTRAL_SIGNATURE) throw broken('central directory cut off')
    const nameLength = central.readUInt16LE(at + 28)
    const skip = nameLength + central.readUInt16LE(at + 30) + central.readUInt16LE(at + 32)
    entries.push({
      // Some programs write the path with backslashes or a leading slash.
      name: central
        .toString('utf8', at + 46, at + 46 + nameLength)
        .replaceAll('\\', '/')
        // Neither the file system nor the database knows such a name.
        .replaceAll('\0', '\ufffd')
        .replace(/^\//, ''),
      encrypted: (central.readUInt16LE(at + 8) & 1) === 1,
      method: central.readUInt16LE(at + 10),
      packedBytes: central.readUInt32LE(at + 20),
      unpackedBytes: central.readUInt32LE(at + 24),
      offset: central.readUInt32LE(at + 42),
    })
    at += 46 + skip
  }
  return entries
}

/** Parts that lie over each other are the trick of the tightest bombs; no office program writes them. */
function guardClaims(entries: readonly ZipEntry[], centralOffset: number, fileName: string, limits: TableLimits): void {
  const sorted = [...entries].sort((a, b) => a.offset - b.offset)
  let total = 0
  for (const [at, entry] of sorted.entries()) {
    const next = sorted[at + 1]?.offset ?? centralOffset
    if (entry.offset + 30 + entry.packedBytes > next) {
      throw new Problem('tables.overlapping-entries', { entry: entry.name }, { place: { file: fileName } })
    }
    guardUnpacked(entry.name, entry.unpackedBytes, entry.packedBytes, fileName, limits)
    total += entry.unpackedBytes
    guardUnpacked(entry.name, total, Number.POSITIVE_INFINITY, fileName, limits)
  }
}

async function* unpack(path: string, entry: ZipEntry, fileName: string, limits: TableLimits): AsyncGenerator<Buffer> {
  const place = { file: fileName }
  if (entry.encrypted) throw new Problem('tables.locked-workbook', {}, { place })
  if (entry.method !== 0 && entry.method !== 8) {
    throw new Problem('tables.broken-workbook', { reason: `${entry.name}: method ${entry.method}` }, { place })
  }
  const start = await dataOffset(path, entry, fileName)
  if (entry.packedBytes === 0) return
  const input = createReadStream(path, { start, end: start + entry.packedBytes - 1, highWaterMark: 256 * 1024 })
  const output = entry.method === 8 ? input.pipe(createInflateRaw({ chunkSize: 256 * 1024 })) : input
  if (output !== input) input.on('error', (error) => output.destroy(error))
  let total = 0
  try {
    for await (const chunk of output) {
      total += (chunk as Buffer).length
      guardUnpacked(entry.name, total, entry.packedBytes, fileName, limits)
      yield chunk as Buffer
    }
  } catch (error) {
    if (error instanceof Problem) throw error
    const reason = `${entry.name}: ${error instanceof Error ? error.message : String(error)}`
    throw new Problem('tables.broken-workbook', { reason }, { place, cause: error })
  } finally {
    input.destroy()
    output.destroy()
  }
}

/** The local header repeats the name and may carry other extra bytes than the central one. */
async function dataOffset(path: string, entry: ZipEntry, fileName: string): Promise<number> {
  const handle = await open(path)
  try {
    const header = Buffer.alloc(30)
    await handle.read(header, 0, 30, entry.offset)
    if (header.readUInt32LE(0) !== 0x04034b50) {
      throw new Problem('tables.broken-workbook', { reason: `${entry.name}: no local header` }, { place: { file: fileName } })
    }
    return entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28)
  } finally {
    await handle.close()
  }
}
