/**
 * A small streaming scanner for the XML inside workbooks, which programs write: tags, attributes, text, CDATA. It refuses
 * document type declarations, so no entity can be declared; unknown entities stay as they are. Not a validating parser.
 */

export interface XmlHandler {
  /** `name` without namespace prefix; attributes with `attribute(source, name)`. */
  open?(name: string, source: string): void
  close?(name: string): void
  text?(text: string): void
}

export class XmlRefused extends Error {}

/** Characters of one tag or one piece of text between two tags. */
const PIECE_LENGTH = 40_000_000

export function xmlScanner(handler: XmlHandler) {
  let rest = ''

  function push(chunk: string, last = false): void {
    const text = rest === '' ? chunk : rest + chunk
    let at = 0
    while (at < text.length) {
      const tag = text.indexOf('<', at)
      if (tag < 0) {
        // Text may go on in the next chunk, and an entity may be cut.
        if (last && text.slice(at).trim() !== '') throw new XmlRefused('cut off')
        break
      }
      if (tag > at) handler.text?.(decodeEntities(text.slice(at, tag)))
      at = tag
      const end = tagEnd(text, tag)
      if (end < 0) break
      readTag(text, tag, end)
      at = end
    }
    rest = text.slice(at)
    if (rest.length > PIECE_LENGTH || (last && rest.trim() !== '')) throw new XmlRefused('cut off')
  }

  function readTag(text: string, start: number, end: number): void {
    const mark = text.charCodeAt(start + 1)
    if (mark === 33) {
      if (text.startsWith('<![CDATA[', start)) handler.text?.(text.slice(start + 9, end - 3))
      else if (!text.startsWith('<!--', start)) throw new XmlRefused('document type declaration')
      return
    }
    if (mark === 63) return
    if (mark === 47) {
      handler.close?.(localName(text.slice(start + 2, end - 1).trim()))
      return
    }
    const selfClosing = text.charCodeAt(end - 2) === 47
    const inner = text.slice(start + 1, end - (selfClosing ? 2 : 1))
    const space = inner.search(/\s/)
    const name = localName(space < 0 ? inner : inner.slice(0, space))
    handler.open?.(name, space < 0 ? '' : inner.slice(space))
    if (selfClosing) handler.close?.(name)
  }

  return { push, end: () => push('', true) }
}

/** Position behind the tag, or -1 when it is not complete yet. */
function tagEnd(text: string, start: number): number {
  if (text.charCodeAt(start + 1) === 33) {
    const [open, close] = text.startsWith('<![CDATA[', start)
      ? ['<![CDATA[', ']]>']
      : text.startsWith('<!--', start)
        ? ['<!--', '-->']
        : ['', '>']
    // The opening itself may be cut by the chunk.
    if (open === '' && text.length - start < 9) return -1
    const end = text.indexOf(close, start + open.length)
    return end < 0 ? -1 : end + close.length
  }
  let end = text.indexOf('>', start)
  while (end >= 0 && insideQuotes(text, start, end)) end = text.indexOf('>', end + 1)
  return end < 0 ? -1 : end + 1
}

function insideQuotes(text: string, start: number, end: number): boolean {
  let quote = 0
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at)
    if (quote === 0 && (code === 34 || code === 39)) quote = code
    else if (code === quote) quote = 0
  }
  return quote !== 0
}

function localName(name: string): string {
  const colon = name.indexOf(':')
  return colon < 0 ? name : name.slice(colon + 1)
}

/** The value of an attribute, by its name with or without prefix. */
export function attribute(source: string, name: string): string | undefined {
  for (let at = source.indexOf(name); at >= 0; at = source.indexOf(name, at + 1)) {
    const before = source.charCodeAt(at - 1)
    if (!(before <= 32 || before === 58)) continue
    let equals = at + name.length
    while (source.charCodeAt(equals) <= 32) equals += 1
    if (source.charCodeAt(equals) !== 61) continue
    let quote = equals + 1
    while (source.charCodeAt(quote) <= 32) quote += 1
    const end = source.indexOf(source.charAt(quote), quote + 1)
    return end < 0 ? undefined : decodeEntities(source.slice(quote + 1, end))
  }
  return undefined
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function decodeEntities(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(#x[0-9a-fA-F]+|#\d+|\w+);/g, (whole, name: string) => {
    if (name.startsWith('#')) {
      const code = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ''
    }
    return ENTITIES[name] ?? whole
  })
}
