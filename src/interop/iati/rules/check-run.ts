/**
 * What the rules share while one activity is checked: what was found so far, where the walk stands, and what the activity states once
 * for all its parts. Paths are made only when there is something to say.
 */
import type { ProblemParams, ProblemReport } from '../../../kernel/problems.ts'
import { beginningOf } from '../../../kernel/whole-characters.ts'
import type { FileContext, XmlElement } from '../element.ts'
import { dayOf, hasWord } from './quick-types.ts'
import './problems.ts'

export type Level = 'error' | 'warning'

/** A fault that runs through a whole activity is shown in this many places and counted in the others. */
const MOST_OF_ONE_KIND = 10

const MOST_SHOWN = 80

/** Dates are local: the latest place of the earth is 14 hours ahead. */
const LATEST_ZONE = 14 * 3_600_000

interface FurtherPlaces {
  count: number
  readonly level: Level
  readonly line: number
}

export class CheckRun {
  readonly reports: ProblemReport[] = []
  /** From the activity down to the element that is being checked. */
  readonly stack: XmlElement[] = []
  /** The last day that is not in the future anywhere. */
  readonly today: string
  /** Day of the last update, where that is a date and not in the future. */
  readonly updated: string | undefined
  readonly hasCurrency: boolean
  readonly hasLanguage: boolean
  saidLanguage = false
  readonly identifier: string | undefined

  private readonly namespaces: FileContext['namespaces']
  private seen: Map<string, FurtherPlaces> | undefined

  /** The file states version 1, or none that is known. */
  readonly isOld: boolean

  constructor(root: XmlElement, identifierName: string, context: FileContext, now: number) {
    this.namespaces = context.namespaces
    this.isOld = !context.version?.trim().startsWith('2.')
    this.today = new Date(now + LATEST_ZONE).toISOString().slice(0, 10)
    const updated = dayOf(root.attributes['last-updated-datetime'])
    this.updated = updated !== undefined && updated <= this.today ? updated : undefined
    this.hasCurrency = hasValue(root, 'default-currency')
    this.hasLanguage = hasValue(root, 'xml:lang')
    this.identifier = identifierOf(root, identifierName)
  }

  /** `inside` are elements below the one that is being checked, `attribute` one of the last element named. */
  say(level: Level, name: string, params: ProblemParams, inside: readonly XmlElement[] = [], attribute?: string): void {
    const trail = inside.length === 0 ? this.stack : [...this.stack, ...inside]
    const at = trail[trail.length - 1]
    const line = at?.line ?? 0
    const code = `iati.${name}`
    if (this.isEnough(`${code} ${kindOfPlace(trail, attribute)}`, level, line)) return
    const path = pathOf(trail, attribute)
    const place = {
      ...(line > 0 ? { line } : {}),
      ...(this.identifier === undefined ? {} : { activity: this.identifier }),
      ...(path === '' ? {} : { element: path }),
    }
    this.reports.push({ code, params, place, level })
  }

  /** Whether a name with a prefix has a namespace where the run stands: declared by the file, or by an element up to here. */
  isBound(name: string, at?: XmlElement): boolean {
    const prefix = name.slice(0, name.indexOf(':'))
    if (prefix === 'xml' || prefix === 'xmlns' || this.namespaces[prefix] !== undefined) return true
    const declaration = `xmlns:${prefix}`
    return at?.attributes[declaration] !== undefined || this.stack.some(({ attributes }) => attributes[declaration] !== undefined)
  }

  private isEnough(kind: string, level: Level, line: number): boolean {
    this.seen ??= new Map()
    const before = this.seen.get(kind)
    if (before === undefined) {
      this.seen.set(kind, { count: 1, level, line })
      return false
    }
    before.count++
    return before.count > MOST_OF_ONE_KIND
  }

  /** Everything found, and at the end how often what was not shown again. */
  finish(): ProblemReport[] {
    for (const [kind, { count, level, line }] of this.seen ?? []) {
      if (count <= MOST_OF_ONE_KIND) continue
      const [rule = '', element = ''] = kind.split(' ')
      const place = {
        ...(line > 0 ? { line } : {}),
        ...(this.identifier === undefined ? {} : { activity: this.identifier }),
        ...(element === '' ? {} : { element }),
      }
      this.reports.push({ code: 'iati.further-places', params: { count: count - MOST_OF_ONE_KIND, rule }, place, level })
    }
    return this.reports
  }
}

/** A value as it is shown to people: its beginning, white space collapsed. */
export function shown(text: string): string {
  const one = text
    .slice(0, MOST_SHOWN * 4)
    .replace(/\s+/g, ' ')
    .trim()
  return one.length > MOST_SHOWN ? `${beginningOf(one, MOST_SHOWN).trimEnd()}…` : one
}

export function hasValue(element: XmlElement, attribute: string): boolean {
  const value = element.attributes[attribute]
  return value !== undefined && hasWord(value)
}

/** As long as the identifier of a record, under which what was found is looked up. */
const LONGEST_IDENTIFIER = 300

/** The identifier as it stands: white space around it is not part of it, white space within is. */
function identifierOf({ children }: XmlElement, name: string): string | undefined {
  for (const child of children) {
    if (typeof child === 'string' || child.name !== name) continue
    return beginningOf(textWithin(child).trim(), LONGEST_IDENTIFIER) || undefined
  }
  return undefined
}

export function textWithin({ children }: XmlElement): string {
  const [only] = children
  if (children.length === 1 && typeof only === 'string') return only
  return children.filter((child) => typeof child === 'string').join('')
}

export function hasText({ children }: XmlElement): boolean {
  for (const child of children) if (typeof child === 'string' && hasWord(child)) return true
  return false
}

/** The path without numbers: places of one kind have the same one. */
function kindOfPlace(trail: readonly XmlElement[], attribute: string | undefined): string {
  let path = ''
  for (let at = 1; at < trail.length; at++) path += `${path === '' ? '' : '/'}${trail[at]?.name}`
  return withAttribute(path, attribute)
}

function pathOf(trail: readonly XmlElement[], attribute: string | undefined): string {
  let path = ''
  for (let at = 1; at < trail.length; at++) {
    const parent = trail[at - 1]
    const child = trail[at]
    if (parent === undefined || child === undefined) continue
    path += `${path === '' ? '' : '/'}${child.name}${numberAmong(parent, child)}`
  }
  return withAttribute(path, attribute)
}

function withAttribute(path: string, attribute: string | undefined): string {
  if (attribute === undefined) return path
  return path === '' ? `@${attribute}` : `${path}/@${attribute}`
}

/** `[2]` for the second of several of one name, nothing for an only one. */
function numberAmong(parent: XmlElement, child: XmlElement): string {
  let number = 0
  let count = 0
  for (const other of parent.children) {
    if (typeof other === 'string' || other.name !== child.name) continue
    count++
    if (other === child) number = count
  }
  return count > 1 ? `[${number}]` : ''
}
