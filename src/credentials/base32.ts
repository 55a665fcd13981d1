/** Bytes as letters and digits, five bits each, in one of two alphabets. */

/** RFC 4648: what one-time code apps read. */
export const STANDARD_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** Crockford's: without i, l, o and u, so that nobody mistakes a letter of a printed code for a digit. */
export const PRINTED_LETTERS = '0123456789abcdefghjkmnpqrstvwxyz'

export function inBase32(bytes: Uint8Array, letters: string): string {
  let text = ''
  let held = 0
  let bits = 0
  for (const byte of bytes) {
    held = (held << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += letters.charAt((held >> bits) & 31)
    }
    held &= (1 << bits) - 1
  }
  return bits === 0 ? text : text + letters.charAt((held << (5 - bits)) & 31)
}

/** A printed code as a person types it: capitals, spaces and hyphens do not matter, nor O for 0, nor I or L for 1. */
export function readPrinted(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{Pd}]/gu, '')
    .replace(/o/g, '0')
    .replace(/[il]/g, '1')
}
