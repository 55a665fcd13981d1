/** The door: packages with which records move from one instance to another, signed. */
export { isReleasePackage, type OpenedPackage, openPackage } from './open-package.ts'
export {
  DESCRIPTION_FILE,
  jsonText,
  LISTED_FILES,
  MANIFEST_FILE,
  ORIGIN_FILE,
  PACKAGE_EDITION,
  type PackageManifest,
  type PackageOrigin,
  type PackageRecord,
  type PackageSignature,
  README_FILE,
  RECORDS_FILE,
  SCHEMA_EDITION,
  SIGNATURE_FILE,
  STORED_FILES,
} from './package-parts.ts'
export { packPart, type SealedPart, writeSealedZip } from './sealed-zip.ts'
