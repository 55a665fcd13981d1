/** Bytes of a file as UTF-8: by byte order mark, by the pattern of UTF-16, else as its declaration says. */
import iconv from 'iconv-lite'
import { Problem } from '../../../kernel/problems.ts'

const UTF8_MARK = Buffer.from([0xef, 0xbb, 0xbf])

/** Names under which UTF-8 and its part are declared; a file without a declaration is UTF-8. */
const UTF8_NAMES = new Set(['utf-8', 'utf8', 'us-ascii', 'ascii'])

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

/** Throws `iati.unknown-encoding`. `head` are the first bytes of the same file. */
export async function* utf8Chunks(chunks: AsyncIterable<Buffer>, head: Buffer, fileName: string): AsyncGenerator<Buffer> {
  const encoding = encodingOf(head, fileName)
  if (encoding === undefined) {
    let first = true
    for await (const chunk of chunks) {
      yield first && chunk.subarray(0, 3).equals(UTF8_MARK) ? chunk.subarray(3) : chunk
      first = false
    }
    return
  }
  const decoder = iconv.getDecoder(encoding)
  for await (const chunk of chunks) {
    const text = decoder.write(chunk)
    if (text !== '') yield Buffer.from(text)
  }
  const last = decoder.end()
  if (last) yield Buffer.from(last)
}

/** Undefined: UTF-8, checked byte by byte where the pieces are cut. */
function encodingOf(head: Buffer, fileName: string): string | undefined {
  const wide = wideEncoding(head)
  if (wide) return wide
  const declared = /^(?:\xef\xbb\xbf)?<\?xml[^>]*?\bencoding\s*=\s*["']([\w.:-]+)["']/
    .exec(head.toString('latin1', 0, 300))?.[1]
    ?.toLowerCase()
  // A file that is declared to be UTF-16 and has no trace of it is not.
  if (declared === undefined || UTF8_NAMES.has(declared) || /^utf-?16/.test(declared) || head.subarray(0, 3).equals(UTF8_MARK))
    return undefined
  if (!iconv.encodingExists(declared)) {
    throw new Problem('iati.unknown-encoding', { found: declared }, { place: { file: fileName, line: 1 } })
  }
  return declared
}

function wideEncoding(head: Buffer): string | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  if (head[0] === 0x3c && head[1] === 0) return 'utf-16le'
  if (head[0] === 0 && head[1] === 0x3c) return 'utf-16be'
  return undefined
}
