/** What goes to the thread that reads pieces, and what comes back. Everything can be copied between threads. */
import type { FileContext } from '../../../interop/iati/element.ts'
import type { ProblemReport } from '../../../kernel/problems.ts'
import type { OrgKey } from '../../../modules/directory/index.ts'
import type { PublishedBase } from '../../../modules/registry/index.ts'

/** What all records of a run have in common. */
export interface RunFacts {
  readonly runId: string
  readonly collectionId: string
  readonly entryState: 'published' | 'submitted'
  readonly ownerOrg: string | null
  readonly visibility: 'public' | 'network' | 'group' | 'private'
  readonly actorId: string
  readonly at: string
}

export interface PoolSetup {
  readonly run: RunFacts
  readonly orgKeys: readonly OrgKey[]
}

/** Pieces of one file, one after another in `bytes`. */
export interface ReadTask {
  readonly kind: 'read'
  readonly blockId: string
  readonly bytes: Uint8Array
  readonly context: FileContext
  readonly places: readonly PiecePlace[]
  /** Some may be known: then the digest of what each says is worth its time. */
  readonly mayBeKnown: boolean
}

export interface PiecePlace {
  readonly start: number
  readonly length: number
  /** Line of the file on which it begins. */
  readonly line: number
  readonly digest: string
}

export interface ReadPiece {
  /** Absent when it has none: then it is rejected. */
  readonly identifier?: string
  /** Bytes of `ReadAnswer.lines` that say it as a new initiative; absent when the piece is rejected. */
  readonly line?: { readonly start: number; readonly end: number }
  /** Of what it says, whatever its spacing, order and version; only where it was asked for. */
  readonly contentDigest?: string
  /** An export of ours: contact data do not count in its digest. With the digest. */
  readonly isOwnExport?: boolean
  readonly problems: readonly ProblemReport[]
  /** Names of the mappings from an older version that were used. */
  readonly upgrades: readonly string[]
}

export interface ReadAnswer {
  readonly pieces: readonly ReadPiece[]
  /** UTF-8, a line for each piece that can be stored: JSON of {record, derived, source}. */
  readonly lines: Uint8Array
  /** All pieces, packed with Zstandard. */
  readonly block: Uint8Array
}

/** A new reading of an initiative that is there. */
export interface MergeTask {
  readonly kind: 'merge'
  readonly items: readonly {
    /** A line of `ReadAnswer.lines`. */
    readonly line: string
    readonly contentDigest: string
    readonly isOwnExport: boolean
    readonly base: PublishedBase['record']
    /** The piece from which the record came. */
    readonly before?: { readonly blockId: string; readonly start: number; readonly length: number }
  }[]
  /** Blocks of those pieces, packed, with what they take from their file. */
  readonly blocks: readonly { readonly id: string; readonly content: Uint8Array; readonly context: FileContext }[]
}

export interface MergedPiece {
  readonly outcome: 'changed' | 'unchanged'
  /** JSON of {record, derived, source, baseVersion, conflicts}. */
  readonly line?: string
  readonly conflicts: number
}

export type PieceTask = ReadTask | MergeTask
export type PieceAnswer = ReadAnswer | { readonly merged: readonly MergedPiece[] }
