/**
 * What is in a package, and in which words: which instance released it, to whom and under which licence; the list of its files with
 * their hashes; the signature over that list. Each is JSON that can be written in one way only.
 */
import { z } from 'zod'
import { Problem } from '../../kernel/problems.ts'
import { InitiativeFactsSchema, LocalizedTextSchema } from '../../modules/registry/index.ts'
import { damaged } from './sealed-zip.ts'

/** Of the package: its files and how they are signed. */
export const PACKAGE_EDITION = 1
/** Of what a record says: one more whenever a field is added that a reader of before would not know. */
export const SCHEMA_EDITION = 1

export const SIGNATURE_FILE = 'signature.json'
export const MANIFEST_FILE = 'manifest.json'
export const ORIGIN_FILE = 'origin.json'
export const DESCRIPTION_FILE = 'datapackage.json'
export const README_FILE = 'README.md'
export const RECORDS_FILE = 'data/initiatives.jsonl'

/** The files of every package, in this order. */
export const PACKAGE_FILES = [SIGNATURE_FILE, MANIFEST_FILE, ORIGIN_FILE, DESCRIPTION_FILE, README_FILE, RECORDS_FILE] as const
/** Not packed, so that they stand in the file as they are signed. */
export const STORED_FILES = [SIGNATURE_FILE, MANIFEST_FILE] as const
/** Those that the manifest lists. */
export const LISTED_FILES = [ORIGIN_FILE, DESCRIPTION_FILE, README_FILE, RECORDS_FILE] as const

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const Base64 = z
  .string()
  .regex(/^[A-Za-z0-9+/]+={0,2}$/)
  .max(200)

export const SignatureSchema = z.strictObject({
  algorithm: z.literal('Ed25519'),
  publicKey: Base64,
  /** SHA-256 of the 32 bytes of the public key. */
  fingerprint: Sha256,
  /** Over the bytes of manifest.json. */
  signature: Base64,
})
export type PackageSignature = z.output<typeof SignatureSchema>

export const ManifestSchema = z.strictObject({
  format: z.literal('sursur-release'),
  edition: z.number().int().min(1),
  files: z.array(
    z.strictObject({
      path: z.string(),
      bytes: z.number().int().min(0),
      sha256: Sha256,
      packedBytes: z.number().int().min(0),
      packedSha256: Sha256,
    }),
  ),
})
export type PackageManifest = z.output<typeof ManifestSchema>

export const OriginSchema = z.strictObject({
  schemaEdition: z.number().int().min(1),
  program: z.string().max(100),
  instance: z.strictObject({ id: z.string().min(1).max(60), name: z.string().min(1).max(300) }),
  release: z.strictObject({
    id: z.string().min(1).max(60),
    /** Instant of the confirmation. */
    at: z.iso.datetime(),
    /** Organisation that released it. */
    by: z.string().max(1_000),
    addressee: z.string().max(300),
    purpose: z.string().max(2_000),
    licence: z.string().max(300),
  }),
  /** Names of the fields that leave with no record. */
  withheldFields: z.array(z.string().max(100)).max(200),
  records: z.array(z.strictObject({ record: z.string().min(1).max(60), version: z.number().int().min(1) })),
})
export type PackageOrigin = z.output<typeof OriginSchema>

const Year = z.strictObject({
  year: z.number().int().min(1900).max(2200).nullable(),
  sourceRow: z.number().int().nullable(),
  revision: z.string().max(1_000).nullable(),
  groupKey: z.string().max(1_000).nullable(),
  /** A person entered it; no list stated it. */
  entered: z.literal(true).optional(),
})

/** One line of the records. What never leaves an instance is not accepted from one either. */
export const PackageRecordSchema = z.strictObject({
  record: z.string().min(1).max(60),
  version: z.number().int().min(1),
  identifier: z.string().min(1).max(300).optional(),
  listed: z.array(Year).max(500),
  facts: InitiativeFactsSchema.omit({ contact: true, note: true, cooperationOverride: true }).strict(),
  orgs: z.record(z.string(), z.strictObject({ names: LocalizedTextSchema, ref: z.string().max(200).optional() })),
})
export type PackageRecord = z.output<typeof PackageRecordSchema>

/** One way to write it, whoever does. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

/** Reads a part that can be written in one way only. Errors: Problems `releases.package-damaged`, `releases.package-edition-newer`. */
export function readJson<T>(place: string, bytes: Buffer, schema: z.ZodType<T>): T {
  const value = parse(place, bytes)
  requireEdition(value)
  const read = schema.safeParse(value)
  if (!read.success) {
    const [issue] = read.error.issues
    throw damaged(`${place} ${issue?.path.map(String).join('.') ?? ''}`.trim(), issue?.code ?? '–', issue?.message ?? '–')
  }
  if (!bytes.equals(Buffer.from(jsonText(value)))) throw damaged(place, `${bytes.length} B`, 'JSON')
  return read.data
}

function parse(place: string, bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch (cause) {
    throw damaged(place, cause instanceof Error ? cause.message.slice(0, 200) : '–', 'JSON', cause)
  }
}

/** Asked before anything else of it: a later edition may look otherwise. */
function requireEdition(value: unknown): void {
  const { edition, schemaEdition } = (value ?? {}) as { edition?: unknown; schemaEdition?: unknown }
  const newer =
    typeof edition === 'number' && edition > PACKAGE_EDITION
      ? { found: edition, accepted: PACKAGE_EDITION }
      : typeof schemaEdition === 'number' && schemaEdition > SCHEMA_EDITION
        ? { found: schemaEdition, accepted: SCHEMA_EDITION }
        : undefined
  if (newer) throw new Problem('releases.package-edition-newer', newer)
}
