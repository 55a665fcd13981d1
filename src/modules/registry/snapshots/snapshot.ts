/** A snapshot: published rows as everybody could see them at one instant, with what is needed to cite and to check them. */
import { z } from 'zod'

export interface SnapshotCodeList {
  readonly name: string
  readonly version: string
  readonly date: string
}

export interface Snapshot {
  readonly id: string
  readonly title: string | null
  /** As in the address of the list; empty: all own collections. */
  readonly filter: string
  /** Rows of each table. */
  readonly counts: Readonly<Record<string, number>>
  /** SHA-256 over the listings: every download of the same rows carries it. */
  readonly snapshotHash: string
  /** SHA-256 over the rows of all tables. */
  readonly contentHash: string
  readonly codeLists: readonly SnapshotCodeList[]
  readonly programVersion: string
  readonly lang: string
  readonly fileBytes: number
  /** SHA-256 of the file. */
  readonly fileDigest: string
  readonly takenAt: string
  /** Empty for whoever may not see who works here. */
  readonly takenBy: string | null
}

const Hash = z.string().regex(/^[0-9a-f]{64}$/)

export const NewSnapshotSchema = z.object({
  title: z.string().trim().max(300).nullable().default(null),
  filter: z.string().max(4_000),
  counts: z.record(z.string(), z.number().int().min(0)),
  snapshotHash: Hash,
  contentHash: Hash,
  codeLists: z.array(z.object({ name: z.string(), version: z.string(), date: z.string() })),
  programVersion: z.string(),
  lang: z.string().min(2).max(10),
  takenAt: z.string(),
})

export const SnapshotSchema = NewSnapshotSchema.extend({
  id: z.string(),
  title: z.string().nullable(),
  fileBytes: z.number().int(),
  fileDigest: Hash,
  takenBy: z.string().nullable(),
})
