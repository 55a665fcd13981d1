/**
 * The text of a file in whatever encoding it came. One pass looks at every byte (is it UTF-8 to the end?), the next ones
 * decode as a stream. A file that mixes encodings is decoded line by line, and each line that differs is reported.
 */
import { isAscii, isUtf8 } from 'node:buffer'
import iconv from 'iconv-lite'
import { Problem, type ProblemReport } from '../../kernel/problems.ts'
import type { ByteSource } from './byte-source.ts'
import { guessLegacyEncoding } from './guess-encoding.ts'
import { tableReport } from './problems.ts'

export interface TextSource {
  /** `utf-8`, `utf-16le`, `windows-1252`, ... or `utf-8 + windows-1252` for a mixture. */
  readonly encoding: string
  readonly problems: readonly ProblemReport[]
  /** A new pass over the text, without byte order mark and without NUL characters. */
  chunks(): AsyncIterable<string>
}

/** Lines of a mixture that are named one by one; the count covers them all. */
const LINES_NAMED = 20
const SAMPLE_BYTES = 64 * 1024
const NEWLINE = 0x0a

/** `encoding` is what a person said; without it the bytes decide. Throws `tables.unknown-encoding`. */
export async function openTextSource(source: ByteSource, head: Buffer, encoding?: string): Promise<TextSource> {
  const place = { file: source.fileName }
  if (encoding !== undefined) {
    if (!iconv.encodingExists(encoding)) throw new Problem('tables.unknown-encoding', { encoding }, { place })
    return { encoding: encoding.toLowerCase(), problems: [], chunks: () => decoded(source, encoding) }
  }
  const wide = wideEncoding(head)
  if (wide) return { encoding: wide, problems: [], chunks: () => decoded(source, wide) }

  const survey = await surveyBytes(source)
  const problems: ProblemReport[] = []
  if (survey.nulBytes > 0) {
    problems.push(tableReport('nul-bytes', { count: survey.nulBytes }, { ...place, line: survey.firstNulLine }))
  }
  if (survey.oddLines === 0) return { encoding: 'utf-8', problems, chunks: () => decoded(source, 'utf-8') }

  const guess = guessLegacyEncoding(survey.sample)
  // Two-byte Chinese text can look like UTF-8 on a short line by chance; single-byte text cannot.
  const mixed = survey.utf8Lines > (guess.encoding === 'gb18030' ? survey.oddLines / 5 : 0)
  if (!mixed) {
    problems.push(tableReport('encoding-assumed', { encoding: guess.encoding }, place))
    return { encoding: guess.encoding, problems, chunks: () => decoded(source, guess.encoding) }
  }
  for (const line of survey.oddLineNumbers) {
    problems.push(tableReport('mixed-encoding', { encoding: guess.encoding, count: survey.oddLines }, { ...place, line }))
  }
  return { encoding: `utf-8 + ${guess.encoding}`, problems, chunks: () => decodedByLine(source, guess.encoding) }
}

/** UTF-16 by its byte order mark, or by the NUL bytes at every second place. */
function wideEncoding(head: Buffer): string | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  if (head.length < 4) return undefined
  let even = 0
  let odd = 0
  for (const [at, byte] of head.entries()) {
    if (byte !== 0) continue
    if (at % 2 === 0) even += 1
    else odd += 1
  }
  const half = head.length / 2
  // Latin text has NUL in nearly every second byte; other scripts still have it for spaces, commas and digits.
  if (odd > half * 0.1 && even < odd / 20) return 'utf-16le'
  if (even > half * 0.1 && odd < even / 20) return 'utf-16be'
  return undefined
}

interface ByteSurvey {
  /** Lines with valid UTF-8 beyond ASCII, and lines that are not UTF-8. */
  readonly utf8Lines: number
  readonly oddLines: number
  readonly oddLineNumbers: readonly number[]
  readonly sample: Buffer
  readonly nulBytes: number
  readonly firstNulLine: number
}

async function surveyBytes(source: ByteSource): Promise<ByteSurvey> {
  let line = 1
  let utf8Lines = 0
  let oddLines = 0
  let nulBytes = 0
  let firstNulLine = 0
  let sampled = 0
  const oddLineNumbers: number[] = []
  const samples: Buffer[] = []

  function readBlock(block: Buffer): void {
    const nul = block.indexOf(0)
    if (nul >= 0) {
      if (nulBytes === 0) firstNulLine = line + countByte(block.subarray(0, nul), NEWLINE)
      nulBytes += countByte(block, 0)
    }
    // A block of good UTF-8 matters line by line only once the file has shown something else.
    if (isUtf8(block) && oddLines === 0) {
      if (utf8Lines === 0 && !isAscii(block)) utf8Lines = 1
      line += countByte(block, NEWLINE)
      return
    }
    for (let from = 0; from < block.length; ) {
      const newline = block.indexOf(NEWLINE, from)
      const to = newline < 0 ? block.length : newline + 1
      const bytes = block.subarray(from, to)
      if (!isUtf8(bytes)) {
        oddLines += 1
        if (oddLineNumbers.length < LINES_NAMED) oddLineNumbers.push(line)
        if (sampled < SAMPLE_BYTES) {
          samples.push(Buffer.from(bytes))
          sampled += bytes.length
        }
      } else if (!isAscii(bytes)) utf8Lines += 1
      if (newline >= 0) line += 1
      from = to
    }
  }

  for await (const block of wholeLines(source)) readBlock(block)
  return { utf8Lines, oddLines, oddLineNumbers, sample: Buffer.concat(samples), nulBytes, firstNulLine }
}

function countByte(block: Buffer, byte: number): number {
  let count = 0
  for (let at = block.indexOf(byte); at >= 0; at = block.indexOf(byte, at + 1)) count += 1
  return count
}

/** Blocks that end at a line end; no encoding in use here has a line feed inside a longer character, except UTF-16. */
async function* wholeLines(source: ByteSource): AsyncGenerator<Buffer> {
  let rest: Buffer[] = []
  for await (const chunk of source.chunks()) {
    const end = chunk.lastIndexOf(NEWLINE) + 1
    if (end === 0) {
      rest.push(chunk)
      continue
    }
    yield Buffer.concat([...rest, chunk.subarray(0, end)])
    rest = end < chunk.length ? [chunk.subarray(end)] : []
  }
  if (rest.length > 0) yield Buffer.concat(rest)
}

async function* decoded(source: ByteSource, encoding: string): AsyncGenerator<string> {
  const decoder = encoding === 'utf-8' ? utf8Decoder() : iconv.getDecoder(encoding)
  let first = true
  for await (const chunk of source.chunks()) {
    const text = decoder.write(chunk)
    if (text === '') continue
    yield clean(text, first)
    first = false
  }
  const last = decoder.end()
  if (last) yield clean(last, first)
}

function utf8Decoder() {
  const decoder = new TextDecoder('utf-8')
  return { write: (chunk: Buffer) => decoder.decode(chunk, { stream: true }), end: () => decoder.decode() }
}

async function* decodedByLine(source: ByteSource, legacy: string): AsyncGenerator<string> {
  let first = true
  for await (const block of wholeLines(source)) {
    if (isUtf8(block)) yield clean(block.toString('utf8'), first)
    else {
      for (let from = 0; from < block.length; ) {
        const newline = block.indexOf(NEWLINE, from)
        const to = newline < 0 ? block.length : newline + 1
        const bytes = block.subarray(from, to)
        yield clean(isUtf8(bytes) ? bytes.toString('utf8') : iconv.decode(bytes, legacy), first)
        from = to
      }
    }
    first = false
  }
}

function clean(text: string, first: boolean): string {
  const bare = first && text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
  return bare.includes('\0') ? bare.replaceAll('\0', '') : bare
}
