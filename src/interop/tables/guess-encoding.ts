/**
 * Which single-byte or Chinese encoding a text that is not UTF-8 is written in, judged by how the letters fall:
 * accents stand alone inside Latin words, Cyrillic and Arabic letters stand together, Chinese uses its common characters.
 */
import iconv from 'iconv-lite'

/** In order of how often ministries send them; a tie goes to the earlier one. */
const SINGLE_BYTE = [
  'windows-1252',
  'windows-1251',
  'windows-1256',
  'windows-1250',
  'windows-1254',
  'koi8-r',
  'cp866',
  'cp850',
  'macintosh',
] as const

/** Accented letters and signs that texts of each encoding really use; the rest of the table is rare. */
const COMMON_LATIN: Readonly<Record<string, string>> = {
  'windows-1252': 'áéíóúñüàâçèêëîïôöœùûãõäßåøæÁÉÍÓÚÑÀÂÇÈÊÔÃÕÜÖÄÎŒ',
  'windows-1250': 'áéíóúýčďěňřšťůžąćęłńśźżăâîșțşţőűđÁÉÍČŘŠŽŁŚĐŢŞ',
  'windows-1254': 'çğıöşüÇĞİÖŞÜâîû',
  cp850: 'áéíóúñüàâçèêëîïôöùûãõÁÉÍÓÚÑÀÂÇÈÊÔÃÕÜ',
  macintosh: 'áéíóúñüàâçèêëîïôöùûãõÁÉÍÓÚÑÀÂÇÈÊÔÃÕÜœ',
}
const TYPOGRAPHY = '«»°ºª–—‘’“”…€·¿¡§№،؛؟'

export interface EncodingGuess {
  readonly encoding: string
  /** Points per byte above 127, about 1 when every letter falls right. */
  readonly score: number
}

/** The best guess for bytes that are known not to be UTF-8. Pass the lines that hold bytes above 127. */
export function guessLegacyEncoding(sample: Buffer): EncodingGuess {
  const high = sample.reduce((count, byte) => (byte > 127 ? count + 1 : count), 0)
  if (high === 0) return { encoding: 'windows-1252', score: 0 }
  let best: EncodingGuess = { encoding: 'gb18030', score: chineseScore(sample, high) }
  if (best.score < 0.8) best = { encoding: 'windows-1252', score: 0 }
  for (const encoding of SINGLE_BYTE) {
    const score = letterScore(iconv.decode(sample, encoding), COMMON_LATIN[encoding] ?? '') / high
    if (score > best.score + 0.001) best = { encoding, score }
  }
  return best
}

/** Share of the high bytes that form common characters (level 1 of GB 2312) or Chinese punctuation. */
function chineseScore(sample: Buffer, high: number): number {
  let points = 0
  for (let at = 0; at < sample.length; ) {
    const first = sample[at] ?? 0
    if (first < 0x81) {
      at += 1
      continue
    }
    const second = sample[at + 1] ?? 0
    const common = first >= 0xb0 && first <= 0xd7 && second >= 0xa1
    const punctuation = first >= 0xa1 && first <= 0xa3 && second >= 0xa1
    if (common || punctuation) points += 2
    at += second >= 0x30 && second <= 0x39 ? 4 : 2
  }
  return points / high
}

function letterScore(text: string, commonLatin: string): number {
  let points = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code < 128) continue
    const before = text.charCodeAt(at - 1)
    const after = text.charCodeAt(at + 1)
    const letter = text.charAt(at)
    if (isCyrillic(code)) {
      const falling = isLowerCyrillic(before) && !isLowerCyrillic(code)
      points += isLatin(before) || isLatin(after) ? -2 : falling ? -1 : isCyrillic(before) || isCyrillic(after) ? 1 : 0
    } else if (isArabic(code)) {
      points += isLatin(before) || isLatin(after) ? -2 : isArabic(before) || isArabic(after) ? 1 : 0
    } else if (commonLatin.includes(letter)) {
      const inWord = isLatin(before) || isLatin(after)
      const falling = isLower(text.charAt(at - 1)) && !isLower(letter)
      points += falling ? -1 : inWord ? 1 : isCyrillic(before) || isArabic(before) ? -1 : 0.2
    } else if (TYPOGRAPHY.includes(letter)) {
      points += isLatin(before) && isLatin(after) && letter !== '’' ? -1 : 0.5
    } else {
      points += code < 0xa0 ? -2 : -1
    }
  }
  return points
}

function isLatin(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || (code >= 0xc0 && code <= 0x17f)
}
function isLower(letter: string): boolean {
  return letter !== letter.toUpperCase()
}
function isCyrillic(code: number): boolean {
  return code >= 0x400 && code <= 0x45f
}
function isLowerCyrillic(code: number): boolean {
  return code >= 0x430 && code <= 0x45f
}
function isArabic(code: number): boolean {
  return code >= 0x621 && code <= 0x6d3
}
