/**
 * Cuts a stream of UTF-8 into pieces without parsing them: it looks only for what can begin or end one, at the speed of a search in
 * memory. In well-formed XML `<` stands nowhere but at markup, so comments, CDATA sections, processing instructions and the quotes of
 * a start tag are all that can hide a tag. A file that is not well-formed may be cut wrongly; then a piece or what is around it is
 * not well-formed either, and the file is refused.
 */
import { isUtf8 } from 'node:buffer'
import { Problem } from '../../../kernel/problems.ts'
import { nextOf, nextOfPair } from './next-of.ts'
import type { Piece } from './piece.ts'
import { createSkeleton } from './skeleton.ts'
import { linesBeforeOdd, unfinishedBytes } from './utf8-check.ts'

/**
 * Larger activities are left out: published ones have some kilobytes, the largest seen 2 MB. The embedded engine takes 450 MB more for
 * one of 7 MB, and none more for one of 4 MB.
 */
export const LARGEST_PIECE_BYTES = 4_000_000

/** So are those of more tags: a tag of four characters takes as much memory as one of four hundred. */
export const MOST_PIECE_TAGS = 400_000
/** Smaller pieces cannot have so many. */
const LOOKED_AT_FROM = MOST_PIECE_TAGS * 4

function tagsIn(bytes: Buffer): number {
  let count = 0
  for (let at = bytes.indexOf(LESS); at >= 0 && count <= MOST_PIECE_TAGS; at = bytes.indexOf(LESS, at + 1)) count += 1
  return count
}

const NEWLINE = 0x0a
const LESS = 0x3c
const GREATER = 0x3e
const BANG = 0x21
const QUESTION = 0x3f
const SLASH = 0x2f
const START = { activity: Buffer.from('<iati-activity'), organisation: Buffer.from('<iati-organisation') }
const END = { activity: Buffer.from('</iati-activity'), organisation: Buffer.from('</iati-organisation') }
type Kind = keyof typeof START

/** Bytes after which a name has ended: white space, `>`, `/`. */
function endsName(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09 || byte === NEWLINE || byte === 0x0d || byte === GREATER || byte === SLASH
}

export interface SplitOptions {
  readonly largestPieceBytes?: number
  readonly signal?: AbortSignal | undefined
}

/** Throws the Problems of the skeleton and `iati.not-utf8`, each with its line. After its end the file is well-formed around the pieces. */
export async function* splitPieces(chunks: AsyncIterable<Buffer>, options: SplitOptions = {}): AsyncGenerator<Piece> {
  const cutter = new Cutter(options.largestPieceBytes ?? LARGEST_PIECE_BYTES)
  for await (const chunk of chunks) {
    options.signal?.throwIfAborted()
    cutter.add(chunk)
    yield* cutter.cut(false)
  }
  yield* cutter.cut(true)
}

class Cutter {
  private buffer: Buffer = Buffer.alloc(0)
  /** Up to here the buffer has been handed on; `line` is the line of that byte. */
  private done = 0
  private line = 1
  /** Up to here the buffer has been looked at. */
  private at = 0
  private readonly skeleton = createSkeleton()
  private piece: { kind: Kind; depth: number; line: number; dropped: number } | undefined
  /** What the scan is inside of, and what ends it. */
  private inside: Buffer | undefined
  private readonly next = {
    activity: { start: nextOf(START.activity), end: nextOf(END.activity) },
    organisation: { start: nextOf(START.organisation), end: nextOf(END.organisation) },
    bang: nextOfPair(LESS, BANG),
    instruction: nextOfPair(LESS, QUESTION),
  }
  /** Bytes that came since the last markup that ended. */
  private unended = 0
  /** Bytes of a character that the chunk before left unfinished. */
  private unchecked: Buffer = Buffer.alloc(0)
  private readonly largest: number

  constructor(largest: number) {
    this.largest = largest
  }

  add(chunk: Buffer): void {
    this.requireUtf8(chunk)
    this.unended += chunk.length
    const rest = this.buffer.subarray(this.done)
    this.at -= this.done
    this.done = 0
    this.buffer = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
  }

  *cut(isEnd: boolean): Generator<Piece> {
    for (;;) {
      if (!this.leaveInside()) break
      const found = this.piece ? this.insidePiece() : this.outside()
      if (found === 'more') break
      this.unended = 0
      if (found !== 'on') yield found
    }
    if (!isEnd) {
      if (this.piece) this.dropLarge()
      else this.handOnWhole(this.at)
      this.requireEnds()
      return
    }
    if (this.unchecked.length > 0) throw this.notUtf8(this.lineAt(this.buffer.length))
    if (this.piece) throw this.broken('the file ends within an activity or organisation')
    if (this.inside) throw this.broken('the file ends within a comment, section or instruction')
    this.handOn(this.buffer.length)
    this.skeleton.close(this.line)
  }

  /** Comment, CDATA section or instruction: nothing in it counts. False when its end has not come yet. */
  private leaveInside(): boolean {
    if (!this.inside) return true
    const end = this.buffer.indexOf(this.inside, this.at)
    if (end < 0) {
      this.at = Math.max(this.at, this.buffer.length - this.inside.length + 1)
      return false
    }
    this.at = end + this.inside.length
    this.inside = undefined
    return true
  }

  private outside(): Piece | 'on' | 'more' {
    const { buffer } = this
    const next = buffer.indexOf(LESS, this.at)
    if (next < 0) {
      this.at = buffer.length
      return 'more'
    }
    // The longest thing to tell apart is a start tag's name and the byte after it.
    if (next + START.organisation.length + 1 > buffer.length && !this.isWholeMarkup(next)) {
      this.at = next
      return 'more'
    }
    if (buffer[next + 1] === BANG || buffer[next + 1] === QUESTION) return this.enterInside(next)
    const kind = this.kindAt(next, START)
    if (kind === undefined) {
      this.at = next + 1
      return 'on'
    }
    if (!this.skeleton.hasRoot()) this.handOn(next)
    const end = this.endOfTag(next)
    if (end < 0) {
      this.at = next
      return 'more'
    }
    this.handOn(next)
    this.piece = { kind, depth: 1, line: this.line, dropped: 0 }
    this.at = end + 1
    if (buffer[end - 1] === SLASH) return this.finish(end + 1)
    return 'on'
  }

  /** At the end of a file short markup is whole although the buffer ends soon after it. */
  private isWholeMarkup(next: number): boolean {
    return this.buffer.indexOf(GREATER, next) >= 0
  }

  private enterInside(next: number): 'on' | 'more' {
    const { buffer } = this
    if (buffer[next + 1] === QUESTION) this.inside = Buffer.from('?>')
    else if (buffer.length < next + 9) {
      this.at = next
      return 'more'
    } else if (buffer.toString('latin1', next, next + 4) === '<!--') this.inside = Buffer.from('-->')
    else if (buffer.toString('latin1', next, next + 9) === '<![CDATA[') this.inside = Buffer.from(']]>')
    else if (this.piece || this.skeleton.hasRoot()) throw this.broken('unexpected markup', next)
    else throw new Problem('iati.document-type', {}, { place: { line: this.lineAt(next) } })
    // After the two dashes that begin a comment: `<!-->` is not one.
    this.at = next + (this.inside.length === 2 ? 2 : 4)
    return 'on'
  }

  private insidePiece(): Piece | 'on' | 'more' {
    const { buffer, piece } = this
    if (!piece) return 'on'
    const end = this.next[piece.kind].end.from(buffer, this.at)
    const limit = end < 0 ? buffer.length : end
    const hiding = this.firstHiding(limit)
    const nested = this.nestedStart(piece.kind, hiding ?? limit)
    if (nested !== undefined) {
      const tagEnd = this.endOfTag(nested)
      if (tagEnd < 0) {
        this.at = nested
        return 'more'
      }
      if (buffer[tagEnd - 1] !== SLASH) piece.depth += 1
      this.at = tagEnd + 1
      return 'on'
    }
    if (hiding !== undefined) return this.enterInside(hiding)
    if (end < 0) {
      this.at = Math.max(this.at, buffer.length - END.organisation.length)
      return 'more'
    }
    const after = end + END[piece.kind].length
    if (after >= buffer.length) {
      this.at = end
      return 'more'
    }
    const tagEnd = buffer.indexOf(GREATER, after)
    if (tagEnd < 0) {
      this.at = end
      return 'more'
    }
    this.at = tagEnd + 1
    if (!endsName(buffer[after])) return 'on'
    piece.depth -= 1
    return piece.depth === 0 ? this.finish(tagEnd + 1) : 'on'
  }

  /** The first comment, section or instruction before `limit`. */
  private firstHiding(limit: number): number | undefined {
    const bang = this.next.bang.from(this.buffer, this.at)
    const instruction = this.next.instruction.from(this.buffer, this.at)
    const first = bang < 0 || (instruction >= 0 && instruction < bang) ? instruction : bang
    return first < 0 || first >= limit ? undefined : first
  }

  private nestedStart(kind: Kind, limit: number): number | undefined {
    const { buffer } = this
    const next = this.next[kind].start
    let found = next.from(buffer, this.at)
    while (found >= 0 && found < limit && !endsName(buffer[found + START[kind].length])) found = next.from(buffer, found + 1)
    return found < 0 || found >= limit ? undefined : found
  }

  private finish(end: number): Piece {
    const { piece } = this
    if (!piece) throw new Error('No piece to finish')
    const context = this.skeleton.context(piece.line)
    this.skeleton.place(piece.kind === 'activity' ? 'iati-activity' : 'iati-organisation', piece.line)
    const start = this.done
    const byteLength = piece.dropped + end - start
    this.line = this.lineAt(end)
    this.done = end
    this.piece = undefined
    if (byteLength > this.largest) return { kind: 'too-large', byteLength, line: piece.line, context }
    const bytes = this.buffer.subarray(start, end)
    if (byteLength > LOOKED_AT_FROM && tagsIn(bytes) > MOST_PIECE_TAGS)
      return { kind: 'too-large', byteLength, hasManyTags: true, line: piece.line, context }
    return { kind: piece.kind, bytes, line: piece.line, context }
  }

  /** A piece that is too large is not kept: what has been looked at goes. */
  private dropLarge(): void {
    const { piece } = this
    if (!piece || piece.dropped + this.at - this.done <= this.largest) return
    const upTo = Math.max(this.done, this.at - 1)
    this.line = this.lineAt(upTo)
    piece.dropped += upTo - this.done
    this.done = upTo
  }

  /** A tag must be kept until it ends, and the parser keeps a comment; a piece's own text is passed over when it is too long. */
  private requireEnds(): void {
    const kept = this.piece ? this.buffer.length - this.at : this.unended
    if (kept <= this.largest) return
    const params = { limitMb: Math.round(this.largest / 1_000_000) }
    throw new Problem('iati.stretch-too-long', params, { place: { line: this.lineAt(this.at) } })
  }

  private kindAt(at: number, names: typeof START): Kind | undefined {
    return (['activity', 'organisation'] as const).find((kind) => {
      const name = names[kind]
      return this.buffer.subarray(at, at + name.length).equals(name) && endsName(this.buffer[at + name.length])
    })
  }

  /** The `>` of the tag that begins at `from`, past its quotes; -1 when it has not come yet. */
  private endOfTag(from: number): number {
    const { buffer } = this
    let quote = 0
    for (let at = from; at < buffer.length; at++) {
      const byte = buffer[at]
      if (quote !== 0) {
        if (byte === quote) quote = 0
      } else if (byte === 0x22 || byte === 0x27) quote = byte
      else if (byte === GREATER) return at
    }
    return -1
  }

  /** What stands outside the pieces goes to the parser of the skeleton. */
  private handOn(end: number): void {
    if (end <= this.done) return
    this.skeleton.write(this.buffer.toString('utf8', this.done, end), this.line)
    this.line = this.lineAt(end)
    this.done = end
  }

  /** The same up to the last whole character: what has been looked at need not be kept. */
  private handOnWhole(end: number): void {
    const seen = this.buffer.subarray(this.done, Math.max(this.done, end))
    this.handOn(this.done + seen.length - unfinishedBytes(seen))
  }

  private lineAt(end: number): number {
    let line = this.line
    for (let at = this.buffer.indexOf(NEWLINE, this.done); at >= 0 && at < end; at = this.buffer.indexOf(NEWLINE, at + 1))
      line += 1
    return line
  }

  private broken(reason: string, at = this.buffer.length): Problem {
    return new Problem('iati.not-well-formed', { reason }, { place: { line: this.lineAt(at) } })
  }

  private notUtf8(line: number): Problem {
    return new Problem('iati.not-utf8', {}, { place: { line } })
  }

  private requireUtf8(chunk: Buffer): void {
    const bytes = this.unchecked.length === 0 ? chunk : Buffer.concat([this.unchecked, chunk])
    const whole = bytes.length - unfinishedBytes(bytes)
    if (!isUtf8(bytes.subarray(0, whole)))
      throw this.notUtf8(this.lineAt(this.buffer.length) + linesBeforeOdd(bytes.subarray(0, whole)))
    this.unchecked = Buffer.from(bytes.subarray(whole))
  }
}
