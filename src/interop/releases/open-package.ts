/**
 * Opens a package of another instance: every byte is checked, the hash of each file, and the signature over the hashes, before anything
 * is given to whoever asks. Whether the key is trusted is the caller's question.
 */
import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { fingerprintOf, isSignedBy } from '../../credentials/index.ts'
import { Problem } from '../../kernel/problems.ts'
import {
  LISTED_FILES,
  MANIFEST_FILE,
  ManifestSchema,
  ORIGIN_FILE,
  OriginSchema,
  PACKAGE_FILES,
  type PackageManifest,
  type PackageOrigin,
  type PackageRecord,
  PackageRecordSchema,
  RECORDS_FILE,
  readJson,
  SIGNATURE_FILE,
  SignatureSchema,
  STORED_FILES,
} from './package-parts.ts'
import { damaged, packedDigest, readPart, readSealedZip, type SealedEntry } from './sealed-zip.ts'

export interface OpenedPackage {
  readonly origin: PackageOrigin
  readonly edition: number
  /** 32 bytes, base64. */
  readonly publicKey: string
  /** SHA-256 of the public key. */
  readonly fingerprint: string
  /** Read from the file again, line by line. */
  records(): AsyncGenerator<PackageRecord>
}

const MOST_BYTES_OF_RECORDS = 2_000_000_000
const MOST_BYTES_OF_OTHERS = 8_000_000

/** Looks at what stands at both ends: one that was damaged is still told to be one. */
export async function isReleasePackage(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const read = async (from: number, length: number) => {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, Math.max(0, from))
      return buffer.subarray(0, bytesRead)
    }
    const head = await read(0, HEAD_BYTES)
    const tail = await read(size - TAIL_BYTES, TAIL_BYTES)
    const names = [SIGNATURE_FILE, MANIFEST_FILE, RECORDS_FILE].filter((name) => tail.includes(name))
    return head.includes(SIGNATURE_FILE) || names.length >= 2
  } finally {
    await file.close()
  }
}

const HEAD_BYTES = 60
const TAIL_BYTES = 1_000

/** Errors: Problems `releases.package-*`. */
export async function openPackage(path: string): Promise<OpenedPackage> {
  const entries = await readSealedZip(path, {
    paths: PACKAGE_FILES,
    stored: STORED_FILES,
    mostBytes: (name) => (name === RECORDS_FILE ? MOST_BYTES_OF_RECORDS : MOST_BYTES_OF_OTHERS),
  })
  const entryOf = (name: string): SealedEntry => {
    const entry = entries.find((one) => one.path === name)
    if (!entry) throw damaged('zip', '–', name)
    return entry
  }
  const bytesOf = async (name: string) => Buffer.concat(await Array.fromAsync(readPart(path, entryOf(name))))
  const manifestBytes = await bytesOf(MANIFEST_FILE)
  // The edition first: a later one may be signed otherwise.
  const manifest = readJson(MANIFEST_FILE, manifestBytes, ManifestSchema)
  const signature = readJson(SIGNATURE_FILE, await bytesOf(SIGNATURE_FILE), SignatureSchema)
  requireSigned(signature, manifestBytes)
  for (const name of LISTED_FILES) await requireListed(path, entryOf(name), manifest)
  requireNothingElse(manifest)
  const origin = readJson(ORIGIN_FILE, await bytesOf(ORIGIN_FILE), OriginSchema)
  const records = () => readRecords(path, entryOf(RECORDS_FILE))
  await requireSameRecords(origin, records())
  return { origin, edition: manifest.edition, publicKey: signature.publicKey, fingerprint: signature.fingerprint, records }
}

function requireSigned({ publicKey, fingerprint, signature }: PackageSignatureFields, manifest: Buffer): void {
  // Several texts stand for the same bytes in base64; one of them is written.
  for (const text of [publicKey, signature])
    if (Buffer.from(text, 'base64').toString('base64') !== text) throw damaged(SIGNATURE_FILE, text.slice(-4), 'base64')
  const computed = fingerprintOf(publicKey)
  if (computed !== fingerprint) throw damaged(`${SIGNATURE_FILE} fingerprint`, fingerprint, computed)
  if (!isSignedBy(publicKey, manifest, signature)) throw new Problem('releases.package-signature-wrong', { fingerprint })
}

interface PackageSignatureFields {
  readonly publicKey: string
  readonly fingerprint: string
  readonly signature: string
}

async function requireListed(path: string, entry: SealedEntry, { files }: PackageManifest): Promise<void> {
  const listed = files.find((file) => file.path === entry.path)
  if (!listed)
    throw new Problem('releases.package-file-unlisted', {
      found: entry.path,
      accepted: files.map((file) => file.path).join(', '),
    })
  if (entry.bytes !== listed.bytes) throw damaged(entry.path, `${entry.bytes} B`, `${listed.bytes} B`)
  if (entry.packedBytes !== listed.packedBytes) throw damaged(entry.path, `${entry.packedBytes} B`, `${listed.packedBytes} B`)
  const packed = await packedDigest(path, entry)
  if (packed !== listed.packedSha256) throw damaged(entry.path, shortDigest(packed), shortDigest(listed.packedSha256))
  const hash = createHash('sha256')
  for await (const piece of readPart(path, entry)) hash.update(piece)
  const found = hash.digest('hex')
  if (found !== listed.sha256) throw damaged(entry.path, shortDigest(found), shortDigest(listed.sha256))
}

/** Enough of it to tell two apart; the whole stands in the manifest. */
function shortDigest(digest: string): string {
  return `SHA-256 ${digest.slice(0, 12)}…`
}

function requireNothingElse({ files }: PackageManifest): void {
  const names = files.map((file) => file.path).join(', ')
  const accepted = LISTED_FILES.join(', ')
  if (names !== accepted) throw damaged(`${MANIFEST_FILE} files`, names, accepted)
}

/** What the origin names is what is there, record by record. */
async function requireSameRecords({ records }: PackageOrigin, found: AsyncIterable<PackageRecord>): Promise<void> {
  let at = 0
  for await (const { record, version } of found) {
    const named = records[at]
    if (named?.record !== record || named.version !== version)
      throw damaged(`${RECORDS_FILE}:${at + 1}`, `${record} ${version}`, named ? `${named.record} ${named.version}` : '–')
    at += 1
  }
  if (at !== records.length) throw damaged(RECORDS_FILE, String(at), String(records.length))
}

/** A record of many thousand flows; a longer line is none of ours. */
const LONGEST_LINE = 64_000_000

async function* readRecords(path: string, entry: SealedEntry): AsyncGenerator<PackageRecord> {
  let row = 0
  for await (const line of readLines(path, entry)) {
    row += 1
    yield readRecord(line, row)
  }
}

/** Never holds more than one line. */
async function* readLines(path: string, entry: SealedEntry): AsyncGenerator<string> {
  let begun: Buffer[] = []
  let bytes = 0
  const line = (last: Buffer) => {
    const text = Buffer.concat([...begun, last]).toString('utf8')
    begun = []
    bytes = 0
    return text
  }
  for await (const piece of readPart(path, entry)) {
    let from = 0
    for (let at = piece.indexOf(NEWLINE); at >= 0; at = piece.indexOf(NEWLINE, from)) {
      yield line(piece.subarray(from, at))
      from = at + 1
    }
    begun.push(piece.subarray(from))
    bytes += piece.length - from
    if (bytes > LONGEST_LINE)
      throw new Problem('releases.package-too-large', { place: entry.path, found: bytes, accepted: LONGEST_LINE })
  }
  if (bytes > 0) yield line(Buffer.alloc(0))
}

const NEWLINE = 0x0a

function readRecord(line: string, row: number): PackageRecord {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch (cause) {
    throw new Problem('releases.package-record-not-accepted', { row, place: RECORDS_FILE, accepted: 'JSON' }, { cause })
  }
  const read = PackageRecordSchema.safeParse(value)
  if (read.success) return read.data
  const [issue] = read.error.issues
  throw new Problem('releases.package-record-not-accepted', {
    row,
    place: issue?.path.map(String).join('.') || RECORDS_FILE,
    accepted: issue?.message ?? '–',
  })
}
