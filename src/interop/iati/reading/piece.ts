/** What a published file is cut into: one activity or organisation each, with its place and with what it takes from its file. */
import { createHash } from 'node:crypto'
import type { FileContext } from '../element.ts'

export type Piece = CutPiece | LargePiece

export interface CutPiece {
  readonly kind: 'activity' | 'organisation'
  /** UTF-8, as it stands in the file. */
  readonly bytes: Buffer
  /** Line of the file on which it begins, from 1. */
  readonly line: number
  readonly context: FileContext
}

/** Larger than is kept in memory: passed over, so that it can be reported and the file goes on. */
export interface LargePiece {
  readonly kind: 'too-large'
  readonly byteLength: number
  /** For its many tags, not for its size. */
  readonly hasManyTags?: boolean
  readonly line: number
  readonly context: FileContext
}

const contextDigests = new WeakMap<FileContext, string>()

/** SHA-256 (base64url) of the bytes and of what they take from their file: equal digests say the same. */
export function pieceDigest({ bytes, context }: CutPiece): string {
  let ofContext = contextDigests.get(context)
  if (ofContext === undefined) {
    const { root, version = null, namespaces, attributes } = context
    ofContext = JSON.stringify([root, version, Object.entries(namespaces).sort(), attributes['xml:lang'] ?? null])
    contextDigests.set(context, ofContext)
  }
  return createHash('sha256').update(ofContext).update(bytes).digest('base64url')
}
