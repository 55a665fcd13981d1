/** Arabic-Indic, Persian and full-width digits and marks as the ASCII ones, so that one rule reads all numbers and dates. */

const FULL_WIDTH = /[\uff10-\uff19\uff0e\uff0c\uff0f\uff0d\uff05\uff1a]/g
const DIRECTION_MARKS = /[\u200e\u200f\u061c\u202a-\u202e]/g
/** No-break, figure, thin and narrow spaces, which stand between groups of digits. */
const SPACES = /[\u00a0\u2007-\u200a\u202f\u3000]/g

export function plainDigits(text: string): string {
  let ascii = true
  for (let at = 0; at < text.length && ascii; at++) ascii = text.charCodeAt(at) < 128
  if (ascii) return text
  return text
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .replace(FULL_WIDTH, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replaceAll('\u066b', '.')
    .replaceAll('\u066c', "'")
    .replaceAll('\u066a', '%')
    .replace(DIRECTION_MARKS, '')
    .replace(SPACES, ' ')
}
