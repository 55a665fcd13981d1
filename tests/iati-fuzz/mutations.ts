/** What befalls a file: of its bytes, of its markup, of its values, of its encoding, of its packing. */
import { crc32, deflateRawSync, gzipSync } from 'node:zlib'
import iconv from 'iconv-lite'
import { absurdMarkup, absurdValue, plainValue, scattered } from './absurd-values.ts'
import type { Random } from './random.ts'

export interface Mutated {
  readonly bytes: Buffer
  /** What was done, in order. */
  readonly done: readonly string[]
}

type OfBytes = (bytes: Buffer, random: Random) => Buffer
type OfText = (text: string, random: Random) => string

const span = (length: number, random: Random, most = 400): [number, number] => {
  const start = random.below(length + 1)
  return [start, Math.min(length, start + 1 + random.below(random.pick([4, 40, most])))]
}

const BYTES: Readonly<Record<string, OfBytes>> = {
  flip(bytes, random) {
    const changed = Buffer.from(bytes)
    const times = random.pick([1, 1, 2, 5, 30])
    for (let index = 0; index < times && changed.length > 0; index += 1) {
      const at = random.below(changed.length)
      changed[at] = (changed[at] ?? 0) ^ (1 << random.below(8))
    }
    return changed
  },
  overwrite(bytes, random) {
    const changed = Buffer.from(bytes)
    const [start, end] = span(changed.length, random, 30)
    return changed.fill(random.pick([0, 0xff, 0x3c, 0x22, 0x0d, 0x80, 0xc3]), start, end)
  },
  delete(bytes, random) {
    const [start, end] = span(bytes.length, random)
    return Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)])
  },
  duplicate(bytes, random) {
    const [start, end] = span(bytes.length, random, 3_000)
    return Buffer.concat([bytes.subarray(0, end), bytes.subarray(start, end), bytes.subarray(end)])
  },
  truncate: (bytes, random) => bytes.subarray(0, random.below(bytes.length + 1)),
  append: (bytes, random) => Buffer.concat([bytes, random.chance(50) ? bytes : Buffer.from(absurdMarkup(random))]),
}

const TAG = /<\/?([A-Za-z][\w:.-]*)/g
const VALUE = /="([^"<]*)"/g
const TEXT = />([^<>]+)</g
const ELEMENT = /<([A-Za-z][\w:.-]*)(?:\s[^<>]*)?(?:\/>|>[^<]*<\/\1\s*>)/g

function oneOf(text: string, pattern: RegExp, random: Random): RegExpExecArray | undefined {
  const found = [...text.matchAll(pattern)] as RegExpExecArray[]
  return found.length === 0 ? undefined : random.pick(found)
}

const put = (text: string, start: number, end: number, by: string) => text.slice(0, start) + by + text.slice(end)

const nameIn = (text: string, random: Random) => oneOf(text, TAG, random)?.[1] ?? 'title'

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

const TEXTS: Readonly<Record<string, OfText>> = {
  values(text, random) {
    const percent = random.pick([3, 10, 30])
    return text
      .slice(0, 200_000)
      .replaceAll(VALUE, (whole) => (random.chance(percent) ? `="${escaped(plainValue(random))}"` : whole))
      .replaceAll(TEXT, (whole) => (random.chance(percent) ? `>${escaped(plainValue(random))}<` : whole))
  },
  valuesAmongEachOther(text, random) {
    const values = [...text.matchAll(VALUE)].map(([, value = '']) => value)
    return values.length === 0
      ? text
      : text.replaceAll(VALUE, (whole) => (random.chance(15) ? `="${random.pick(values)}"` : whole))
  },
  value(text, random) {
    const found = oneOf(text, VALUE, random)
    return found
      ? put(text, found.index + 2, found.index + 2 + (found[1]?.length ?? 0), absurdValue(random).replaceAll('"', '&quot;'))
      : text
  },
  content(text, random) {
    const found = oneOf(text, TEXT, random)
    return found ? put(text, found.index + 1, found.index + 1 + (found[1]?.length ?? 0), absurdValue(random)) : text
  },
  swapTag(text, random) {
    const found = oneOf(text, TAG, random)
    if (!found?.[1]) return text
    const start = found.index + found[0].length - found[1].length
    return put(text, start, start + found[1].length, nameIn(text, random))
  },
  renameAll: (text, random) => text.replaceAll(new RegExp(`(</?)${nameIn(text, random)}\\b`, 'g'), `$1${nameIn(text, random)}`),
  doubleElement(text, random) {
    const found = oneOf(text, ELEMENT, random)
    return found ? put(text, found.index, found.index, found[0].repeat(random.pick([1, 1, 2, 50, 1_500]))) : text
  },
  dropElement(text, random) {
    const found = oneOf(text, ELEMENT, random)
    return found ? put(text, found.index, found.index + found[0].length, '') : text
  },
  moveElement(text, random) {
    const found = oneOf(text, ELEMENT, random)
    const there = oneOf(text, ELEMENT, random)
    return found && there ? put(text, there.index, there.index, found[0]) : text
  },
  insertMarkup(text, random) {
    const at = random.below(text.length + 1)
    return put(text, at, at, absurdMarkup(random))
  },
  beforeTag(text, random) {
    const found = oneOf(text, TAG, random)
    return found ? put(text, found.index, found.index, absurdValue(random)) : text
  },
  attribute(text, random) {
    const found = oneOf(text, /<[A-Za-z][\w:.-]*/g, random)
    const name = random.pick([
      'ref',
      'code',
      'xml:lang',
      'percentage',
      'sur:no',
      'x:y',
      'xmlns',
      'xmlns:x',
      'xmlns:sur',
      '__proto__',
      'currency',
      'é',
    ])
    const value = absurdValue(random).replaceAll('"', '&quot;')
    return found ? put(text, found.index + found[0].length, found.index + found[0].length, ` ${name}="${value}"`) : text
  },
  hugeAttribute(text, random) {
    const found = oneOf(text, VALUE, random)
    return found ? put(text, found.index + 2, found.index + 2, scattered(random, random.pick([5_000, 40_000, 300_000]))) : text
  },
  manyAttributes(text, random) {
    const found = oneOf(text, /<[A-Za-z][\w:.-]*/g, random)
    const many = Array.from({ length: 2_000 }, (_, index) => ` a${index}="${index}"`).join('')
    return found ? put(text, found.index + found[0].length, found.index + found[0].length, many) : text
  },
  nest(text, random) {
    const found = oneOf(text, ELEMENT, random)
    const name = random.pick(['narrative', 'title', 'iati-activity', 'transaction', 'x'])
    const depth = random.pick([2, 20, 99, 101, 3_000])
    return found
      ? put(text, found.index, found.index + found[0].length, `<${name}>`.repeat(depth) + found[0] + `</${name}>`.repeat(depth))
      : text
  },
  doctype(text, random) {
    const bomb = Array.from({ length: 9 }, (_, index) => `<!ENTITY e${index + 1} "${`&e${index};`.repeat(10)}">`).join('')
    const type = random.pick([
      '<!DOCTYPE iati-activities>',
      '<!DOCTYPE iati-activities SYSTEM "http://127.0.0.1:9/x.dtd">',
      `<!DOCTYPE r [<!ENTITY e0 "x">${bomb}]>`,
      '<!DOCTYPE r [<!ENTITY e1 SYSTEM "file:///etc/passwd">]>',
      '<!DOCTYPE r [<!ENTITY % p SYSTEM "file:///dev/zero">%p;]>',
      '<!doctype html>',
    ])
    const at = /<\?xml[^>]*\?>/.exec(text)?.[0].length ?? 0
    const typed = put(text, at, at, type)
    return random.chance(50)
      ? (TEXTS.content?.(typed, { ...random, pick: (list) => list[0] as never }) ?? typed)
      : typed.replace(/>[^<>]+</, '>&e9;<')
  },
  version: (text, random) =>
    text.replace(
      /(<iati-[a-z]+[^>]*version=")[^"]*/,
      `$1${random.pick(['1.01', '1.03', '1.05', '2.01', '2.02', '2.04', '3.0', '', 'x', '2.03 '])}`,
    ),
  namespace(text, random) {
    const names = random.pick([
      'xmlns="http://example.org/"',
      'xmlns:iati="urn:x"',
      'xmlns:sur="urn:other"',
      'xmlns:x=""',
      'xmlns:xml="urn:x"',
      'xmlns=""',
    ])
    const prefixed = random.chance(30) ? text.replaceAll(/<(\/?)iati-/g, '<$1iati:iati-') : text
    return random.chance(30)
      ? prefixed.replaceAll(/ xmlns:\w+="[^"]*"/g, '')
      : prefixed.replace(/<(\w+:)?iati-activities/, `$& ${names}`)
  },
  ownPart(text, random) {
    const found = oneOf(text, /<\/iati-activity>/g, random)
    const part = random.pick([
      '<sur:initiative identifier="&#10;"/>',
      `<sur:initiative identifier="${scattered(random, 5_000)}"/>`,
      '<sur:initiative/><sur:partner/><sur:partner/>',
      '<sur:kept path="title[999999999]">&lt;a&gt;</sur:kept>',
      '<sur:kept path="@__proto__">x</sur:kept>',
      '<sur:kept path="title[1]">&lt;title/&gt;</sur:kept>',
      '<sur:kept path="iati-identifier[1]" shown="true">&lt;iati-identifier&gt;K&lt;/iati-identifier&gt;</sur:kept>',
      '<sur:initiative><sur:listed year="2014"/><sur:listed year="2014"/></sur:initiative>',
      '<sur:initiative><sur:listed year="99999"/></sur:initiative>',
      '<sur:initiative><sur:host code="kenya"/></sur:initiative>',
      '<sur:initiative kind="x" purpose="y"/>',
      '<sur:initiative/><sur:contribution no="a" giver="g" taker="g"/>',
    ])
    return found ? put(text, found.index, found.index, part) : text
  },
}

const DECLARATION = /^<\?xml[^>]*\?>/
const ENCODINGS = [
  'utf-16',
  'utf-16le',
  'utf-16be',
  'iso-8859-1',
  'windows-1252',
  'utf-7',
  'utf-32',
  'base64',
  'shift_jis',
  'gb18030',
  'koi8-r',
  'cp037',
  'x',
  'us-ascii',
  'big5',
]

const ENCODED: Readonly<Record<string, (text: string, random: Random) => Buffer>> = {
  declaredOtherwise: (text, random) =>
    Buffer.from(`<?xml version="1.0" encoding="${random.pick(ENCODINGS)}"?>${text.replace(DECLARATION, '')}`),
  otherwise(text, random) {
    const encoding = random.pick(['utf-16le', 'utf-16be', 'latin1', 'windows-1251', 'gb18030', 'utf-32le'])
    return iconv.encode(text, encoding, { addBOM: random.chance(50) })
  },
  halfCharacters(text, random) {
    const bytes = iconv.encode(`${text} `, 'utf-16le', { addBOM: true })
    for (let index = 0; index < 3; index += 1)
      bytes.writeUInt16LE(random.pick([0xd800, 0xdfff, 0, 0xfffe]), 2 + 2 * random.below((bytes.length - 2) >> 1))
    return random.chance(30) ? bytes.subarray(0, bytes.length - 1) : bytes
  },
  rightly: (text, random) => {
    const encoding = random.pick(['iso-8859-1', 'windows-1252', 'gb18030', 'shift_jis'])
    return iconv.encode(`<?xml version="1.0" encoding="${encoding}"?>${text.replace(DECLARATION, '')}`, encoding)
  },
  marked: (text, random) =>
    Buffer.concat([
      Buffer.from([0xef, 0xbb, 0xbf]),
      random.chance(30) ? Buffer.from([0xef, 0xbb, 0xbf]) : Buffer.alloc(0),
      Buffer.from(text),
    ]),
}

const PACKED: Readonly<Record<string, OfBytes>> = {
  gzip: (bytes) => gzipSync(bytes),
  gzipTwice: (bytes) => gzipSync(gzipSync(bytes)),
  gzipAndMore: (bytes, random) => Buffer.concat([gzipSync(bytes), random.chance(50) ? gzipSync(bytes) : Buffer.from('more')]),
  zip: (bytes, random) =>
    zipOf([
      [
        random.pick([
          'a.xml',
          '../../a.xml',
          'a\0b.xml',
          '/etc/a.xml',
          'C:\\a.xml',
          '',
          '.xml',
          'a.json',
          `${'d/'.repeat(400)}a.xml`,
          'ü.xml',
        ]),
        bytes,
      ],
    ]),
  zipOfTwo: (bytes, random) =>
    zipOf([
      ['a.xml', bytes],
      [random.pick(['b.xml', 'a.xml', 'b.xml.gz', 'readme.txt']), random.chance(50) ? bytes : Buffer.from('x')],
    ]),
}

/** An archive as other programs write it, of parts that need not have sound names. */
export function zipOf(parts: readonly (readonly [name: string, bytes: Buffer])[]): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [written, bytes] of parts) {
    const name = Buffer.from(written)
    const packed = deflateRawSync(bytes)
    const fields = Buffer.alloc(26)
    fields.writeUInt16LE(20, 0)
    fields.writeUInt16LE(8, 4)
    fields.writeUInt32LE(crc32(bytes), 10)
    fields.writeUInt32LE(packed.length, 14)
    fields.writeUInt32LE(bytes.length, 18)
    fields.writeUInt16LE(name.length, 22)
    const central = Buffer.alloc(14)
    central.writeUInt32LE(offset, 10)
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), fields, name, packed])
    locals.push(local)
    directory.push(Buffer.from('PK\u0001\u0002\u0014\u0000'), fields, central, name)
    offset += local.length
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\u0005\u0006')
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(listed.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, listed, end])
}

/** One to five things happen to the file; most stay XML, so that what follows the parser is tried as well. */
export function mutate(original: Buffer, random: Random): Mutated {
  const done: string[] = []
  const named = (name: string) => {
    done.push(name)
    return name
  }
  const choose = <T>(among: Readonly<Record<string, T>>): T => {
    return among[named(random.pick(Object.keys(among)))] as T
  }
  let text = original.toString('utf8')
  // A third of all files only state absurd things.
  if (random.chance(33)) text = TEXTS[named('values')]?.(text, random) ?? text
  const times = random.pick([0, 0, 1, 1, 2, 3])
  for (let index = 0; index < times; index += 1) text = choose(TEXTS)(text, random).slice(0, 2_000_000)
  let bytes = random.chance(10) ? choose(ENCODED)(text, random) : Buffer.from(text)
  if (done.length === 0 || random.chance(15)) bytes = choose(BYTES)(bytes, random)
  if (random.chance(12)) {
    bytes = choose(PACKED)(bytes, random)
    if (random.chance(50)) bytes = choose(BYTES)(bytes, random)
  }
  return { bytes, done }
}
