/** The door of the zip room. */
export { type ZipPart, type ZipWriter, zipInto } from './write-zip.ts'
