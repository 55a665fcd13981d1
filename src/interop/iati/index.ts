/** The door of published files: everything that other rooms may use. */
export { contentDigestOf } from './canonical.ts'
export { attributeOf, elementsOf, type FileContext, firstElement, textOf, type XmlElement } from './element.ts'
export { factsOfActivity } from './facts/facts-of-activity.ts'
export { parseElement } from './parse-element.ts'
export {
  isPublishedFile,
  type OpenPublishedOptions,
  openPublishedFiles,
  type PublishedFile,
  type PublishedSource,
} from './reading/open-published-files.ts'
export { type CutPiece, type LargePiece, type Piece, pieceDigest } from './reading/piece.ts'
export { LARGEST_PIECE_BYTES } from './reading/split-pieces.ts'
export { checkActivity, checkOrganisation, isRejecting } from './rules/check-activity.ts'
export { upgradeActivity } from './upgrade/upgrade-activity.ts'
