/**
 * A zip archive that can be written in one way only, so that every byte of it is checked: fixed times and flags, no extra fields, no
 * comment, parts in a fixed order. Any program opens it; whoever packs its files anew makes another file, which is refused.
 */
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream, createWriteStream } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { PassThrough, Readable, Transform, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { crc32, createDeflateRaw, createInflateRaw } from 'node:zlib'
import { Problem } from '../../kernel/problems.ts'
import './problems.ts'

export interface SealedSizes {
  readonly crc: number
  readonly bytes: number
  readonly sha256: string
  readonly packedBytes: number
  readonly packedSha256: string
}

/** A part that waits to be written: its packed bytes lie in a file. */
export interface SealedPart extends SealedSizes {
  readonly path: string
  /** Kept as it is: for what is signed or signs, whose bytes nothing else vouches for. */
  readonly stored: boolean
  readonly packedFile: string
}

/** A part of an archive that was read: where its packed bytes are. */
export interface SealedEntry {
  readonly path: string
  readonly stored: boolean
  readonly crc: number
  readonly bytes: number
  readonly packedBytes: number
  readonly offset: number
}

const LOCAL = 0x04034b50
const CENTRAL = 0x02014b50
const END = 0x06054b50
const VERSION = 20
/** Names are UTF-8. */
const FLAGS = 0x0800
const DEFLATED = 8
/** 1 January 1980, the first day that the format knows. */
const DATE = 0x0021
const LOCAL_BYTES = 30

/** Larger than this the format would need another layout. */
const MOST_ARCHIVE_BYTES = 0xffff_0000

/** Packs a part into a file and measures it. */
export async function packPart(
  path: string,
  source: AsyncIterable<Uint8Array>,
  packedFile: string,
  { stored = false }: { readonly stored?: boolean } = {},
): Promise<SealedPart> {
  const plain = measure()
  const packed = measure()
  await pipeline(
    Readable.from(source, { objectMode: false }),
    plain.through,
    stored ? new PassThrough() : createDeflateRaw({ level: 6 }),
    packed.through,
    createWriteStream(packedFile, { mode: 0o600 }),
  )
  return {
    path,
    stored,
    packedFile,
    crc: plain.crc(),
    bytes: plain.bytes(),
    sha256: plain.sha256(),
    packedBytes: packed.bytes(),
    packedSha256: packed.sha256(),
  }
}

/** Writes the archive and ends `out`. Errors: Problem `releases.package-too-large`. */
export async function writeSealedZip(parts: readonly SealedPart[], out: Writable): Promise<void> {
  const total = parts.reduce((sum, { packedBytes }) => sum + packedBytes + 1_000, 0)
  if (total > MOST_ARCHIVE_BYTES)
    throw new Problem('releases.package-too-large', { place: 'zip', found: total, accepted: MOST_ARCHIVE_BYTES })
  const entries: SealedEntry[] = []
  let offset = 0
  const write = async (bytes: Uint8Array) => {
    offset += bytes.length
    if (!out.write(bytes)) await once(out, 'drain')
  }
  for (const part of parts) {
    const head = localHeader(part)
    entries.push({ ...part, offset: offset + head.length })
    await write(head)
    for await (const piece of createReadStream(part.packedFile)) await write(piece as Buffer)
  }
  await write(directory(entries, offset))
  out.end()
  await once(out, 'finish')
}

export interface ReadLimits {
  /** Names in their order; nothing else may be in the archive. */
  readonly paths: readonly string[]
  /** Those of them that are not packed. */
  readonly stored: readonly string[]
  /** Bytes of a part, unpacked. */
  mostBytes(path: string): number
}

/** How many times its packed size a part may have: real texts stay far below. */
const MOST_RATIO = 200
const RATIO_FROM_BYTES = 1_000_000

/** Reads what is in the archive and checks every byte that stands around the parts. Errors: Problems `releases.package-*`. */
export async function readSealedZip(path: string, limits: ReadLimits): Promise<SealedEntry[]> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const entries: SealedEntry[] = []
    let offset = 0
    for (const expected of limits.paths) {
      const entry = await readLocalHeader(file, offset, expected, limits)
      entries.push(entry)
      offset = entry.offset + entry.packedBytes
      if (offset > size) throw damaged(expected, `${size} B`, `${offset} B`)
    }
    const rest = await bytesAt(file, offset, size - offset)
    const accepted = directory(entries, offset)
    const foreign = foreignName(rest, limits.paths)
    if (foreign !== undefined)
      throw new Problem('releases.package-file-unlisted', { found: foreign, accepted: limits.paths.join(', ') })
    if (!rest.equals(accepted)) throw damaged('zip', differenceOf(rest, accepted), 'zip')
    return entries
  } finally {
    await file.close()
  }
}

/** The bytes of a part, unpacked; never more than the archive says. Errors: Problem `releases.package-damaged`. */
export async function* readPart(path: string, entry: SealedEntry): AsyncGenerator<Buffer> {
  if (entry.packedBytes === 0) throw damaged(entry.path, '0 B', `${entry.bytes} B`)
  const packed = createReadStream(path, { start: entry.offset, end: entry.offset + entry.packedBytes - 1 })
  const inflate = entry.stored ? new PassThrough() : createInflateRaw()
  packed.on('error', (error) => inflate.destroy(error))
  packed.pipe(inflate)
  let bytes = 0
  let crc = 0
  try {
    for await (const piece of inflate) {
      const chunk = piece as Buffer
      bytes += chunk.length
      if (bytes > entry.bytes) throw damaged(entry.path, `> ${entry.bytes} B`, `${entry.bytes} B`)
      crc = crc32(chunk, crc)
      yield chunk
    }
  } catch (error) {
    if (error instanceof Problem) throw error
    throw damaged(entry.path, error instanceof Error ? error.message : String(error), 'deflate', error)
  } finally {
    packed.destroy()
    inflate.destroy()
  }
  if (bytes !== entry.bytes) throw damaged(entry.path, `${bytes} B`, `${entry.bytes} B`)
  if (crc !== entry.crc) throw damaged(entry.path, hex(crc), hex(entry.crc))
}

/** SHA-256 over the packed bytes of a part. */
export async function packedDigest(path: string, entry: SealedEntry): Promise<string> {
  const hash = createHash('sha256')
  if (entry.packedBytes > 0) {
    const range = { start: entry.offset, end: entry.offset + entry.packedBytes - 1 }
    for await (const piece of createReadStream(path, range)) hash.update(piece as Buffer)
  }
  return hash.digest('hex')
}

function localHeader({ path, stored, crc, bytes, packedBytes }: Omit<SealedEntry, 'offset'>): Buffer {
  const name = Buffer.from(path)
  const head = Buffer.alloc(LOCAL_BYTES)
  head.writeUInt32LE(LOCAL, 0)
  head.writeUInt16LE(VERSION, 4)
  head.writeUInt16LE(FLAGS, 6)
  head.writeUInt16LE(stored ? 0 : DEFLATED, 8)
  head.writeUInt16LE(0, 10)
  head.writeUInt16LE(DATE, 12)
  head.writeUInt32LE(crc, 14)
  head.writeUInt32LE(packedBytes, 18)
  head.writeUInt32LE(bytes, 22)
  head.writeUInt16LE(name.length, 26)
  return Buffer.concat([head, name])
}

async function readLocalHeader(file: FileHandle, offset: number, path: string, limits: ReadLimits): Promise<SealedEntry> {
  const name = Buffer.from(path)
  const head = await bytesAt(file, offset, LOCAL_BYTES + name.length)
  if (head.length < LOCAL_BYTES + name.length || head.readUInt32LE(0) !== LOCAL) throw damaged('zip', `@${offset}`, path)
  const [crc, packedBytes, bytes] = [head.readUInt32LE(14), head.readUInt32LE(18), head.readUInt32LE(22)]
  const stored = limits.stored.includes(path)
  const accepted = localHeader({ path, stored, crc, bytes, packedBytes })
  if (!head.equals(accepted)) {
    const found = (await bytesAt(file, offset + LOCAL_BYTES, head.readUInt16LE(26))).toString('utf8')
    if (found !== path && !limits.paths.includes(found))
      throw new Problem('releases.package-file-unlisted', { found: shown(found), accepted: path })
    throw damaged(path, differenceOf(head, accepted), 'zip')
  }
  const most = limits.mostBytes(path)
  if (bytes > most) throw new Problem('releases.package-too-large', { place: path, found: bytes, accepted: most })
  const byRatio = RATIO_FROM_BYTES + packedBytes * MOST_RATIO
  if (bytes > byRatio) throw new Problem('releases.package-too-large', { place: path, found: bytes, accepted: byRatio })
  return { path, stored, crc, bytes, packedBytes, offset: offset + head.length }
}

/** The list at the end of an archive, and where it begins. */
function directory(entries: readonly SealedEntry[], offset: number): Buffer {
  const listed = entries.map((entry) => {
    const name = Buffer.from(entry.path)
    const head = Buffer.alloc(46)
    head.writeUInt32LE(CENTRAL, 0)
    head.writeUInt16LE(VERSION, 4)
    head.writeUInt16LE(VERSION, 6)
    head.writeUInt16LE(FLAGS, 8)
    head.writeUInt16LE(entry.stored ? 0 : DEFLATED, 10)
    head.writeUInt16LE(DATE, 14)
    head.writeUInt32LE(entry.crc, 16)
    head.writeUInt32LE(entry.packedBytes, 20)
    head.writeUInt32LE(entry.bytes, 24)
    head.writeUInt16LE(name.length, 28)
    head.writeUInt32LE(entry.offset - LOCAL_BYTES - name.length, 42)
    return Buffer.concat([head, name])
  })
  const all = Buffer.concat(listed)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(END, 0)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(all.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([all, end])
}

/** A name after the last part, in a further part or in the list, that does not belong there. */
function foreignName(rest: Buffer, paths: readonly string[]): string | undefined {
  if (rest.length < LOCAL_BYTES) return undefined
  if (rest.readUInt32LE(0) === LOCAL)
    return shown(rest.subarray(LOCAL_BYTES, LOCAL_BYTES + rest.readUInt16LE(26)).toString('utf8'))
  for (let at = 0; at + 46 <= rest.length && rest.readUInt32LE(at) === CENTRAL; ) {
    const length = rest.readUInt16LE(at + 28)
    const name = rest.subarray(at + 46, at + 46 + length).toString('utf8')
    if (!paths.includes(name)) return shown(name)
    at += 46 + length + rest.readUInt16LE(at + 30) + rest.readUInt16LE(at + 32)
  }
  return undefined
}

function shown(name: string): string {
  return name.length > 100 ? `${name.slice(0, 99)}…` : name === '' ? '–' : name
}

async function bytesAt(file: FileHandle, offset: number, length: number): Promise<Buffer> {
  // What stands around the parts is short; a file that claims more is none of ours.
  const wanted = Math.max(0, Math.min(length, 100_000))
  const { buffer, bytesRead } = await file.read(Buffer.alloc(wanted), 0, wanted, offset)
  return buffer.subarray(0, bytesRead)
}

function differenceOf(found: Buffer, accepted: Buffer): string {
  const at = [...accepted].findIndex((byte, index) => found[index] !== byte)
  return at < 0 ? `${found.length} B` : `@${at}: ${found[at] === undefined ? '–' : hex(found[at])}`
}

function hex(number: number): string {
  return number.toString(16).padStart(2, '0')
}

export function damaged(place: string, found: string, accepted: string, cause?: unknown): Problem {
  return new Problem('releases.package-damaged', { place, found, accepted }, cause === undefined ? {} : { cause })
}

function measure() {
  const hash = createHash('sha256')
  let bytes = 0
  let crc = 0
  const through = new Transform({
    transform(piece: Buffer, _encoding, done) {
      hash.update(piece)
      bytes += piece.length
      crc = crc32(piece, crc)
      done(null, piece)
    },
  })
  let digest: string | undefined
  return {
    through,
    bytes: () => bytes,
    crc: () => crc,
    sha256: () => {
      digest ??= hash.digest('hex')
      return digest
    },
  }
}
