/** Cutting against a parser that reads the file as a whole: the same pieces, the same refusals, whatever the size of the chunks. */
import fc from 'fast-check'
import { SaxesParser } from 'saxes'
import { describe, expect, test } from 'vitest'
import { Problem } from '../../../kernel/problems.ts'
import { elementsOf, firstElement, textOf, type XmlElement } from '../element.ts'
import { parseElement } from '../parse-element.ts'
import type { Piece } from './piece.ts'
import { MOST_PIECE_TAGS, splitPieces } from './split-pieces.ts'

/** What a piece says of itself: enough to see that it is the right one, at the right place, and whole. */
interface Seen {
  readonly name: string
  readonly line: number
  readonly identifier: string | undefined
  readonly children: number
  readonly text: number
}

test('a file without a root is refused', async () => {
  await expect(cutAll('<!-- nothing -->\n')).rejects.toMatchObject({ code: 'iati.not-well-formed' })
})

test.each([
  ['cut within an activity', '<iati-activities>\n<iati-activity>\n<title>', 'iati.not-well-formed', 3],
  ['cut after an activity', '<iati-activities>\n<iati-activity/>\n', 'iati.not-well-formed', 3],
  ['cut within a comment', '<iati-activities>\n<!-- <iati-activity/>', 'iati.not-well-formed', 2],
  ['two roots', '<iati-activities/>\n<iati-activities/>', 'iati.not-well-formed', 2],
  ['text after the root', '<iati-activities/>\nand more', 'iati.not-well-formed', 2],
  ['an activity after the root', '<iati-activities/>\n\n<iati-activity/>', 'iati.not-well-formed', 3],
  ['an activity for its root', '<iati-activity/>', 'iati.wrong-root', 1],
  ['another root', '\n<rss/>', 'iati.wrong-root', 2],
  ['a root with a prefix', '<i:iati-activities xmlns:i="x"/>', 'iati.prefixed-elements', 1],
  ['an activity with a prefix', '<iati-activities>\n<i:iati-activity/></iati-activities>', 'iati.prefixed-elements', 2],
  ['a namespace of its own', '<iati-activities xmlns="urn:x"/>', 'iati.foreign-namespace', 1],
  [
    'a document type',
    '<?xml version="1.0"?>\n<!DOCTYPE a SYSTEM "file:///etc/passwd"><iati-activities/>',
    'iati.document-type',
    2,
  ],
  [
    'entities',
    '<!DOCTYPE a [<!ENTITY b "<iati-activity/>">]>\n<iati-activities><iati-activity>&b;</iati-activity></iati-activities>',
    'iati.document-type',
    1,
  ],
  ['a prefix that every object has', '<iati-activities constructor:a="1"/>', 'iati.not-well-formed', 1],
  ['deep nesting outside the activities', `<iati-activities>\n${'<a>'.repeat(100)}`, 'iati.too-deep', 2],
  ['a control character between activities', '<iati-activities>\n\u0001</iati-activities>', 'iati.not-well-formed', 2],
])('%s is refused with its line', async (_, text, code, line) => {
  for (const size of [1, 7, 1000]) {
    await expect(cutAll(text, size)).rejects.toMatchObject({ code, place: { line } })
  }
})

test('a root that states more than a megabyte is refused: every activity would keep it', async () => {
  await expect(cutAll(`<iati-activities a="${'x'.repeat(1_000_000)}"/>`)).rejects.toMatchObject({ code: 'iati.stretch-too-long' })
  await expect(cutAll(`<iati-activities a="${'x'.repeat(999_000)}"/>`)).resolves.toEqual({ pieces: [], seen: [] })
})

test.each([
  ['a byte of Latin-1', [0xe9]],
  ['a character cut short', [0xe2, 0x82]],
  ['half of a surrogate pair', [0xed, 0xa0, 0x80]],
  ['a character in more bytes than it needs', [0xc0, 0xaf]],
])('%s is refused with the line on which it stands', async (_, bytes) => {
  const file = Buffer.concat([
    Buffer.from('<iati-activities>\n<iati-activity/>\n<!-- é -->\n<iati-activity><title>'),
    Buffer.from(bytes),
    Buffer.from('</title></iati-activity>\n</iati-activities>'),
  ])
  for (const size of [1, 2, 3, 50, 1000]) {
    await expect(cutAll(file, size)).rejects.toMatchObject({ code: 'iati.not-utf8', place: { line: 4 } })
  }
})

test('what stands in comments, sections and instructions is no activity, and a nested one belongs to the one around it', async () => {
  const { pieces } = await cutAll(
    `<?xml version="1.0"?>
<!-- <iati-activity/> -->
<iati-activities version="2.03" xmlns:x="urn:x">
<?note <iati-activity/> ?>
<iati-activity a='>'><title><![CDATA[</iati-activity>]]></title><!-- </iati-activity> --></iati-activity>
<iati-activity><iati-activity/><iati-activity></iati-activity ></iati-activity>
<iati-activity-date/>
<x:wrapper><iati-activity b="/>"/></x:wrapper>
</iati-activities>`,
    3,
  )
  expect(pieces.map(({ line }) => line)).toEqual([5, 6, 8])
  expect(pieces.map(({ context }) => [context.version, context.namespaces])).toEqual(Array(3).fill(['2.03', { x: 'urn:x' }]))
})

test('an activity larger than the limit is passed over with its size and line; the next ones are read', async () => {
  const large = `<iati-activity>\n${'x'.repeat(5_000)}<!-- </iati-activity> -->${'y'.repeat(5_000)}\n</iati-activity>`
  const text = `<iati-activities>\n<iati-activity/>\n${large}\n<iati-activity/></iati-activities>`
  for (const size of [1, 100, 100_000]) {
    const { pieces } = await cutAll(text, size, 1_000)
    expect(pieces.map(({ kind, line }) => [kind, line])).toEqual([
      ['activity', 2],
      ['too-large', 3],
      ['activity', 6],
    ])
    expect(pieces[1]).toMatchObject({ byteLength: large.length })
  }
})

test.each([
  ['a start tag of an activity', `<iati-activity a="${'x'.repeat(20_000)}`],
  ['an end tag of an activity', `<iati-activity></iati-activity${' '.repeat(20_000)}`],
  ['a tag between activities', `<x a="${'x'.repeat(20_000)}`],
  ['a comment between activities', `<!-- ${'x'.repeat(20_000)}`],
])('%s that does not end is not kept in memory', async (_, tag) => {
  await expect(cutAll(`<iati-activities>\n${tag}`, 100, 1_000)).rejects.toMatchObject({ code: 'iati.stretch-too-long' })
})

test('an activity of more tags than are kept is passed over for its tags; one fewer is read', async () => {
  const piecesOf = async (tags: number) => {
    const text = `<iati-activities><iati-activity>${'<a/>'.repeat(tags - 2)}</iati-activity></iati-activities>`
    const pieces: Piece[] = []
    for await (const piece of splitPieces(inChunks(Buffer.from(text), 100_000))) pieces.push(piece)
    return pieces.map((piece) => [piece.kind, piece.kind === 'too-large' && piece.hasManyTags])
  }
  expect(await piecesOf(MOST_PIECE_TAGS)).toEqual([['activity', false]])
  expect(await piecesOf(MOST_PIECE_TAGS + 1)).toEqual([['too-large', true]])
})

describe('any file', () => {
  const word = fc.constantFrom('a', 'é', '漢字', '😀', ' ', '\n', '\r\n', '>', '&amp;', '&#10;', ']', '-', '/', 'عربي')
  const text = fc.array(word, { maxLength: 6 }).map((words) => words.join('').replaceAll(']]>', ''))
  const fake = fc.constantFrom(
    '<iati-activity>',
    '</iati-activity>',
    '<iati-activity/>',
    '</iati-activities>',
    '<!',
    '"',
    "'",
    '\n',
    'é',
    '>',
  )
  const hidden = fc.array(fake, { maxLength: 4 }).map((parts) => parts.join(''))
  const space = fc.constantFrom('', ' ', '\n', '\r\n  ', '\t')
  const gap = fc.constantFrom(' ', '\n', '\r\n  ')
  const comment = hidden.map((inner) => `<!--${inner}-->`)
  const section = hidden.map((inner) => `<![CDATA[${inner}]]>`)
  const instruction = hidden.map((inner) => `<?note ${inner.replaceAll('?>', '')}?>`)
  const attribute = fc
    .tuple(
      gap,
      fc.constantFrom('"', "'"),
      fc.array(fc.constantFrom('>', '/>', 'é', "'", '"', '\n', '-->', ']]>'), { maxLength: 3 }),
    )
    .map(([before, quote, value]) => `${before}a=${quote}${value.join('').replaceAll(quote, '')}${quote}`)
  const attributes = fc.oneof(fc.constant(''), attribute)
  const name = fc.constantFrom('title', 'iati-activity-x', 'x', 'iati-activities', 'iati-activity', 'iati-organisation')
  const { node } = fc.letrec<{ node: string }>((tie) => ({
    node: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      text,
      comment,
      section,
      instruction,
      fc
        .tuple(name, attributes, fc.array(tie('node'), { maxLength: 3 }), space)
        .map(([of, own, inner, end]) => `<${of}${own}>${inner.join('')}</${of}${end}>`),
      fc.tuple(name, attributes, space).map(([of, own, end]) => `<${of}${own}${end}/>`),
    ),
  }))
  const activity = fc
    .tuple(fc.constantFrom('iati-activity', 'iati-organisation'), attributes, fc.uuid(), fc.array(node, { maxLength: 4 }), space)
    .map(([of, own, id, inner, end]) => `<${of}${own}><iati-identifier>${id}</iati-identifier>${inner.join('')}</${of}${end}>`)
  const file = fc
    .tuple(
      fc.constantFrom('', '<?xml version="1.0"?>', "<?xml version='1.0' encoding='UTF-8'?>\n"),
      fc.array(fc.oneof(comment, instruction, space), { maxLength: 2 }),
      attributes,
      fc.array(
        fc.oneof({ weight: 3, arbitrary: activity }, comment, section, instruction, text, fc.constant('<iati-activity/>')),
        {
          maxLength: 6,
        },
      ),
      fc.array(fc.oneof(comment, instruction, space), { maxLength: 2 }),
    )
    .map(
      ([declaration, before, own, inside, after]) =>
        `${declaration}${before.join('')}<iati-activities${own}>${inside.join('')}</iati-activities>${after.join('')}`,
    )
  const chunkSize = fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 20, max: 5_000 }))

  test('is cut into the pieces that a parser of the whole finds, and broken ones are refused as the parser does', async () => {
    await fc.assert(
      fc.asyncProperty(file, chunkSize, async (whole, size) => {
        const expected = wholeParse(whole)
        // The parts are put together at random: `--` in a comment is among them.
        if (expected === undefined) await expectRefusal(Buffer.from(whole), size)
        else expect((await cutAll(whole, size)).seen).toEqual(expected)
      }),
      { numRuns: RUNS },
    )
  })

  test('with a byte taken out, put in or changed, or cut short, is refused exactly when the parser refuses it', async () => {
    const put = fc.constantFrom(
      ...'<>/!?-[]&;"\'= \nax\u0001',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '<iati-activity',
      '</iati-activity>',
      '?>',
    )
    const change = fc.record({
      kind: fc.constantFrom('out', 'in', 'over', 'short'),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      put,
    })
    let refused = 0
    await fc.assert(
      fc.asyncProperty(file, fc.array(change, { minLength: 1, maxLength: 2 }), chunkSize, async (whole, changes, size) => {
        let changed = whole
        for (const { kind, at, put: bytes } of changes) {
          const place = Math.floor(at * changed.length)
          const rest = kind === 'short' ? '' : changed.slice(kind === 'in' ? place : place + 1)
          changed = changed.slice(0, place) + (kind === 'in' || kind === 'over' ? bytes : '') + rest
        }
        // Half of a pair of units is no character and no UTF-8.
        fc.pre(changed.isWellFormed())
        const expected = wholeParse(changed)
        if (expected === undefined) {
          await expectRefusal(Buffer.from(changed), size)
          refused += 1
          return
        }
        try {
          expect((await cutAll(changed, size)).seen).toEqual(expected)
        } catch (error) {
          // What is well-formed and refused all the same: a document type, another root.
          if (!(error instanceof Problem) || !/document-type|wrong-root|prefixed/.test(error.code)) throw error
        }
      }),
      { numRuns: RUNS },
    )
    expect(refused).toBeGreaterThan(RUNS / 4)
  })
})

async function expectRefusal(bytes: Buffer, size: number): Promise<void> {
  const error = await cutAll(bytes, size).then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(Problem)
  expect((error as Problem).place?.line).toBeGreaterThan(0)
}

async function cutAll(
  file: string | Buffer,
  size = 1_000_000,
  largestPieceBytes?: number,
): Promise<{ pieces: Piece[]; seen: Seen[] }> {
  const bytes = Buffer.from(file)
  const pieces: Piece[] = []
  for await (const piece of splitPieces(inChunks(bytes, size), largestPieceBytes === undefined ? {} : { largestPieceBytes })) {
    pieces.push(piece)
  }
  const seen = pieces.flatMap((piece) =>
    piece.kind === 'too-large' ? [] : [seenIn(parseElement(piece.bytes.toString('utf8'), piece.line))],
  )
  return { pieces, seen }
}

async function* inChunks(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield Buffer.from(bytes.subarray(at, at + size))
}

function seenIn(element: XmlElement): Seen {
  const { name, line, children } = element
  const texts = children.filter((child) => typeof child === 'string').join('')
  return {
    name,
    line,
    identifier: textOf(firstElement(element, 'iati-identifier')),
    children: elementsOf(element).length,
    text: texts.length,
  }
}

interface Open {
  readonly name: string
  readonly line: number
  identifier: string | undefined
  children: number
  text: number
}

/** Undefined when the file is not well-formed. Lines are those of line feeds alone, counted up to the `<` of the start tag. */
function wholeParse(file: string): Seen[] | undefined {
  const parser = new SaxesParser<{ xmlns: false }>({ xmlns: false })
  const found: Open[] = []
  const open: Open[] = []
  let broken = false
  let piece: Open | undefined
  let start = 0
  parser.on('error', () => {
    broken = true
  })
  parser.on('opentagstart', () => {
    start = file.lastIndexOf('<', parser.position - 1)
  })
  parser.on('opentag', ({ name }) => {
    const parent = open.at(-1)
    if (parent) parent.children += 1
    const one = { name, line: file.slice(0, start).split('\n').length, identifier: undefined, children: 0, text: 0 }
    if (!piece && (name === 'iati-activity' || name === 'iati-organisation')) {
      piece = one
      found.push(one)
    }
    open.push(one)
  })
  const addText = (text: string) => {
    const one = open.at(-1)
    if (one) one.text += text.length
    const parent = open.at(-2)
    if (one?.name === 'iati-identifier' && parent === piece && parent && parent.children === 1) {
      parent.identifier = (parent.identifier ?? '') + text
    }
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.on('closetag', () => {
    if (open.pop() === piece) piece = undefined
  })
  parser.write(file).close()
  return broken
    ? undefined
    : found.map((one) => ({ ...one, identifier: one.identifier?.replace(/\s+/g, ' ').trim() || undefined }))
}

/** More with `SURSUR_PROPERTY_RUNS`. */
const RUNS = Number(process.env.SURSUR_PROPERTY_RUNS ?? 500)
