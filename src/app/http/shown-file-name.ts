/** The name of an uploaded file as it may be shown: without path, control characters and marks that turn the direction of writing. */
import { basename } from 'node:path'

/** Overrides and isolates of direction: with them "cod.exe" can be shown as "exe.doc". */
const DIRECTION_MARKS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** Empty only when no file was chosen. */
export function shownFileName(sent: string | undefined): string {
  if (sent === undefined || sent === '') return ''
  const plain = sent
    .toWellFormed()
    .replace(/[\p{Cc}\u2028\u2029]/gu, '')
    .replace(DIRECTION_MARKS, '')
  const name = basename(plain.replaceAll('\\', '/')).trim().slice(0, 200).toWellFormed()
  return name === '' || name === '.' || name === '..' ? '_' : name
}
