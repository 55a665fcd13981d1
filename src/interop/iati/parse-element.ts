/**
 * One activity or organisation, cut out of its file, becomes a tree of elements. The parser checks that the piece is well-formed by
 * itself and never resolves an entity beyond the five of XML: a document type belongs to the file, and a file that has one is refused.
 */
import { SaxesParser } from 'saxes'
import { Problem } from '../../kernel/problems.ts'
import type { XmlElement, XmlNode } from './element.ts'
import './problems.ts'

/** Deeper than any element of the standard by far; a tree is walked by recursion. */
export const DEEPEST = 100

interface Growing extends XmlElement {
  readonly children: XmlNode[]
}

/**
 * `text` is the piece as it stands in the file, `line` the line on which it begins. Throws `iati.not-well-formed` with its line; where
 * the namespaces of the file are given, also for a prefix that neither they nor the piece declare.
 */
export function parseElement(text: string, line: number, namespaces?: Readonly<Record<string, string>>): XmlElement {
  const parser = new SaxesParser<{ fragment: true; xmlns: false }>({ fragment: true, xmlns: false })
  const open: Growing[] = []
  let root: Growing | undefined
  let startLine = line
  const broken = (reason: string) => new Problem('iati.not-well-formed', { reason }, { place: { line: line + parser.line - 1 } })

  parser.on('error', (error) => {
    // The parser puts its own line and column before the reason; the line of the file stands in the place.
    throw broken(error.message.replace(/^(\w+:)?\d+:\d+: /, ''))
  })
  parser.on('opentagstart', () => {
    // The name ends with the character after it: a line feed there has been counted already.
    startLine = line + parser.line - (parser.columnIndex === 0 ? 2 : 1)
  })
  const declared = new Set(['xml'])
  const requireDeclared = (name: string) => {
    const prefix = name.slice(0, name.indexOf(':'))
    if (!declared.has(prefix) && !(namespaces && Object.hasOwn(namespaces, prefix)))
      throw broken(`the prefix ${prefix} is not declared`)
  }
  parser.on('opentag', ({ name, attributes }) => {
    if (namespaces) {
      const prefixed = Object.keys(attributes).filter((attribute) => attribute.includes(':'))
      for (const attribute of prefixed) if (attribute.startsWith('xmlns:')) declared.add(attribute.slice('xmlns:'.length))
      for (const attribute of prefixed) if (!attribute.startsWith('xmlns:')) requireDeclared(attribute)
      if (name.includes(':')) requireDeclared(name)
    }
    const element: Growing = { name, attributes, children: [], line: startLine }
    const parent = open.at(-1)
    if (parent) parent.children.push(element)
    else if (root) throw broken('a second element follows')
    else root = element
    open.push(element)
    if (open.length > DEEPEST) throw new Problem('iati.too-deep', { limit: DEEPEST }, { place: { line: startLine } })
  })
  parser.on('closetag', () => {
    open.pop()
  })
  const addText = (piece: string) => open.at(-1)?.children.push(piece)
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.write(text).close()
  if (!root) throw broken('no element')
  return root
}
