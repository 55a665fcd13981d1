/** Bytes of a file as UTF-8: by byte order mark, by the pattern of UTF-16, else as its declaration says. */
import iconv from 'iconv-lite'
import { Problem } from '../../../kernel/problems.ts'

const UTF8_MARK = Buffer.from([0xef, 0xbb, 0xbf])
const REPLACEMENT = '\ufffd'

/** Names under which UTF-8 and its part are declared; a file without a declaration is UTF-8. */
const UTF8_NAMES = new Set(['utf-8', 'utf8', 'us-ascii', 'ascii'])
const WIDE_NAMES = /^(utf-?16|ucs-?2|iso-10646-ucs-2)/
/** Known to the library, but not as encodings of a text. */
const NOT_FOR_TEXT = /^(base64|hex|utf-?7)/

export interface FoundEncoding {
  /** `utf-8`, `utf-16le`, `iso-8859-1`, ... */
  readonly name: string
  /** What the file declares where its bytes say otherwise. */
  readonly declared?: string
}

/** What the first bytes look like, after decoding: XML, or by name what it is instead. */
export function sniffXml(head: Buffer): 'xml' | 'empty' | 'JSON' | 'HTML' | 'PDF' | 'text' {
  const start = iconv
    .decode(head.subarray(0, 4096), wideEncoding(head) ?? 'latin1')
    .replace(/^(\ufeff|\xef\xbb\xbf)/, '')
    .trimStart()
  if (start === '') return 'empty'
  if (/^[{[]/.test(start)) return 'JSON'
  if (start.startsWith('%PDF')) return 'PDF'
  const bare = start.replace(/^(<\?[\s\S]*?\?>|<!--[\s\S]*?-->|\s)+/, '')
  if (/^<(!doctype\s+html|html|head|body|table)\b/i.test(bare)) return 'HTML'
  return start.startsWith('<') ? 'xml' : 'text'
}

/** Throws `iati.unknown-encoding`. `head` are the first bytes of the file. */
export function findEncoding(head: Buffer): FoundEncoding {
  const wide = wideEncoding(head)
  const declared = declaredEncoding(iconv.decode(head.subarray(0, 600), wide ?? 'latin1'))
  if (wide) return declared === undefined || WIDE_NAMES.test(declared) ? { name: wide } : { name: wide, declared }
  if (declared === undefined || UTF8_NAMES.has(declared)) return { name: 'utf-8' }
  // A file that is declared to be UTF-16 and has no trace of it is not.
  if (startsWithMark(head) || WIDE_NAMES.test(declared)) return { name: 'utf-8', declared }
  if (!iconv.encodingExists(declared) || NOT_FOR_TEXT.test(declared)) {
    throw new Problem('iati.unknown-encoding', { found: declared }, { place: { line: 1 } })
  }
  return { name: declared }
}

/** UTF-8 passes as it is and is checked where the pieces are cut. Throws `iati.not-in-encoding` with its line. */
export async function* utf8Chunks(chunks: AsyncIterable<Buffer>, encoding: string): AsyncGenerator<Buffer> {
  if (encoding !== 'utf-8') {
    yield* transcoded(chunks, encoding)
    return
  }
  let isFirst = true
  for await (const chunk of chunks) {
    yield isFirst && startsWithMark(chunk) ? chunk.subarray(UTF8_MARK.length) : chunk
    isFirst = false
  }
}

async function* transcoded(chunks: AsyncIterable<Buffer>, encoding: string): AsyncGenerator<Buffer> {
  const decoder = iconv.getDecoder(encoding)
  // The character that stands for "no character" is one of Unicode itself.
  const mayHaveReplacement = /^(utf|ucs|gb18030)/.test(encoding)
  let line = 1
  const toUtf8 = (text: string) => {
    const odd = text.isWellFormed() && (mayHaveReplacement || !text.includes(REPLACEMENT)) ? -1 : firstOdd(text)
    if (odd >= 0) {
      throw new Problem('iati.not-in-encoding', { encoding }, { place: { line: line + lineEnds(text.slice(0, odd)) } })
    }
    line += lineEnds(text)
    return Buffer.from(text)
  }
  /** The first half of a character whose second half comes with the next chunk. */
  let half = ''
  for await (const chunk of chunks) {
    let text = half + decoder.write(chunk)
    half = /[\ud800-\udbff]$/.test(text) ? text.slice(-1) : ''
    if (half !== '') text = text.slice(0, -1)
    if (text !== '') yield toUtf8(text)
  }
  const last = half + (decoder.end() ?? '')
  if (last !== '') yield toUtf8(last)
}

function firstOdd(text: string): number {
  return text.toWellFormed().indexOf(REPLACEMENT)
}

function lineEnds(text: string): number {
  let count = 0
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1
  return count
}

function declaredEncoding(start: string): string | undefined {
  return /^(?:\ufeff|\xef\xbb\xbf)?<\?xml[^>]*?\bencoding\s*=\s*["']([\w.:-]+)["']/.exec(start)?.[1]?.toLowerCase()
}

function startsWithMark(bytes: Buffer): boolean {
  return bytes.subarray(0, UTF8_MARK.length).equals(UTF8_MARK)
}

function wideEncoding(head: Buffer): string | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  if (head[0] === 0x3c && head[1] === 0) return 'utf-16le'
  if (head[0] === 0 && head[1] === 0x3c) return 'utf-16be'
  return undefined
}
