/**
 * What stands around the pieces of a file: declaration, root, end. A parser reads it with an empty element in the place of each piece,
 * so that the file as a whole is known to be well-formed when its pieces are, each by itself.
 */
import { SaxesParser } from 'saxes'
import { Problem } from '../../../kernel/problems.ts'
import type { FileContext } from '../element.ts'
import { DEEPEST } from '../parse-element.ts'

export interface Skeleton {
  /** Text outside the pieces, which begins on this line of the file. */
  write(text: string, line: number): void
  /** A piece stood here. */
  place(name: string, line: number): void
  /** Throws when the root has not been seen. */
  context(line: number): FileContext
  hasRoot(): boolean
  close(line: number): void
}

/** The start tag of a root has some hundred characters; each piece keeps what it states. */
const LONGEST_ROOT = 1_000_000

const PIECES = new Set(['iati-activity', 'iati-organisation'])

/**
 * Throws `iati.not-well-formed`, `iati.wrong-root`, `iati.foreign-namespace`, `iati.prefixed-elements`, `iati.document-type`,
 * `iati.too-deep`, `iati.stretch-too-long`.
 */
export function createSkeleton(): Skeleton {
  const parser = new SaxesParser<{ xmlns: false }>({ xmlns: false })
  let context: FileContext | undefined
  /** Lines of the file before the text that is being read, less those that the parser has counted. */
  let ahead = 0
  const at = () => ({ place: { line: ahead + parser.line } })

  parser.on('error', (error) => {
    throw new Problem('iati.not-well-formed', { reason: error.message.replace(/^(\w+:)?\d+:\d+: /, '') }, at())
  })
  parser.on('doctype', () => {
    throw new Problem('iati.document-type', {}, at())
  })
  let depth = 0
  parser.on('closetag', () => {
    depth -= 1
  })
  parser.on('opentag', ({ name, attributes }) => {
    depth += 1
    if (depth > DEEPEST) throw new Problem('iati.too-deep', { limit: DEEPEST }, at())
    if (context === undefined) context = contextOf(name, attributes)
    else if (name.includes(':') && PIECES.has(name.slice(name.indexOf(':') + 1))) {
      throw new Problem('iati.prefixed-elements', { found: name }, at())
    }
  })

  function contextOf(name: string, attributes: Readonly<Record<string, string>>): FileContext {
    if (name !== 'iati-activities' && name !== 'iati-organisations') {
      const isPrefixed = /:iati-(activities|organisations)$/.test(name)
      throw isPrefixed
        ? new Problem('iati.prefixed-elements', { found: name }, at())
        : new Problem('iati.wrong-root', { found: name }, at())
    }
    const length = Object.entries(attributes).reduce((sum, [attribute, value]) => sum + attribute.length + value.length, 0)
    if (length > LONGEST_ROOT) throw new Problem('iati.stretch-too-long', { limitMb: LONGEST_ROOT / 1_000_000 }, at())
    const namespaces: Record<string, string> = {}
    const others: Record<string, string> = {}
    for (const [attribute, value] of Object.entries(attributes)) {
      if (attribute === 'xmlns') {
        if (value !== '') throw new Problem('iati.foreign-namespace', { found: value }, at())
      } else if (attribute.startsWith('xmlns:')) namespaces[attribute.slice('xmlns:'.length)] = value
      else others[attribute] = value
    }
    for (const attribute of Object.keys(others)) {
      const prefix = attribute.slice(0, Math.max(0, attribute.indexOf(':')))
      if (prefix !== '' && prefix !== 'xml' && !Object.hasOwn(namespaces, prefix)) {
        throw new Problem('iati.not-well-formed', { reason: `the prefix ${prefix} is not declared` }, at())
      }
    }
    return { root: name, version: others.version?.trim() || undefined, namespaces, attributes: others }
  }

  return {
    write(text, line) {
      if (text === '') return
      ahead = line - parser.line
      parser.write(text)
    },
    place(name, line) {
      ahead = line - parser.line
      parser.write(`<${name}/>`)
    },
    context(line) {
      if (!context) throw new Problem('iati.wrong-root', { found: 'iati-activity' }, { place: { line } })
      return context
    },
    hasRoot: () => context !== undefined,
    close(line) {
      ahead = line - parser.line
      parser.close()
      if (!context) throw new Problem('iati.not-well-formed', { reason: 'no element' }, { place: { line } })
    },
  }
}
