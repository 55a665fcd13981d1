/** Where a chunk of UTF-8 may be divided, and where it is not UTF-8. */
import { isUtf8 } from 'node:buffer'

const NEWLINE = 0x0a

/** Bytes at the end that begin a character without ending it. */
export function unfinishedBytes(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte < 0x80) return 0
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0
  }
  return 0
}

/** Line ends before the first line that is not UTF-8. */
export function linesBeforeOdd(bytes: Buffer): number {
  let lines = 0
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(NEWLINE, from)
    const to = end < 0 ? bytes.length : end + 1
    if (!isUtf8(bytes.subarray(from, to))) break
    lines += 1
    from = to
  }
  return lines
}
