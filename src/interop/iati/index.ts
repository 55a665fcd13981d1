/** The door of published files: everything that other rooms may use. */
export { contentDigestOf } from './canonical.ts'
export { type FileContext, firstElement, textOf, type XmlElement } from './element.ts'
export {
  FRAMEWORK_TAGS,
  OWN_ATTRIBUTES,
  OWN_ELEMENTS,
  OWN_TAG_LISTS,
  type OwnAttribute,
  type OwnElement,
  type ValueKind,
} from './extension-elements.ts'
export { isOwnExport, listedYearsOf, ownIdentifierOf, readExtensions, restoreKept } from './extensions.ts'
export { factsOfActivity } from './facts/facts-of-activity.ts'
export { factsOfOrganisation } from './facts/facts-of-organisation.ts'
export { bindsOwnPrefix, OWN_NAMESPACE, OWN_PREFIX, OWN_VOCABULARY, OWN_VOCABULARY_URI } from './own-namespace.ts'
export { parseElement } from './parse-element.ts'
export {
  isMistakenForPublished,
  isPublishedFile,
  type OpenPublishedOptions,
  openPublishedFiles,
  type PublishedFile,
  type PublishedSource,
  publishedFilesIn,
} from './reading/open-published-files.ts'
export { type CutPiece, type LargePiece, type Piece, pieceDigest } from './reading/piece.ts'
export { LARGEST_PIECE_BYTES, MOST_PIECE_TAGS } from './reading/split-pieces.ts'
export { checkActivity, checkOrganisation, isRejecting } from './rules/check-activity.ts'
export { checkRoot } from './rules/check-root.ts'
export { upgradeActivity, upgradeOrganisation } from './upgrade/upgrade-activity.ts'
export type { OriginalActivity, WriteOptions, WrittenRecord } from './write/write-activity.ts'
export { activityFile, type FileItem, type FileOptions, organisationFile } from './write/write-file.ts'
export type { OrganisationItem } from './write/write-organisation.ts'
