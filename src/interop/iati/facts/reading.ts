/** What the parts of a reading share: language and currency of the activity, and the problems found so far. */

import type { ProblemParams, ProblemReport } from '../../../kernel/problems.ts'
import { beginningOf } from '../../../kernel/whole-characters.ts'
import type { FileContext, XmlElement } from '../element.ts'
import './problems.ts'

/** The organisation that an identifier or a name means, for whoever keeps a directory. `names` are in all languages stated. */
export type FindOrg = (ref: string | undefined, names: readonly string[]) => { orgId: string; iso3?: string } | undefined

export interface FactsOptions {
  readonly context: FileContext
  readonly findOrg: FindOrg
}

export interface Reading {
  /** Language of texts that state none; `und` when the activity states none either: it is not guessed. */
  readonly language: string
  /** Currency of values that state none. */
  readonly currency: string | undefined
  readonly findOrg: FindOrg
  readonly problems: ProblemReport[]
}

/** The identifier of the activity joins the place at the end: it may follow what is wrong. */
export function warn(reading: Reading, code: string, params: ProblemParams, at: XmlElement, element: string): void {
  reading.problems.push({ code: `iati.${code}`, params, place: { line: at.line, element }, level: 'warning' })
}

/** The text within the limit. An emoji or a rare character is not cut in two. */
export function cut(text: string, limit: number, reading: Reading, at: XmlElement, element: string): string {
  if (text.length <= limit) return text
  warn(reading, 'text-cut', { length: text.length, limit }, at, element)
  return beginningOf(text, limit)
}

/** An attribute with something in it. */
export function attribute(element: XmlElement, name: string): string | undefined {
  const value = element.attributes[name]
  if (value === undefined || value === '') return undefined
  return value.trim() || undefined
}

export function isTrue(value: string | undefined): boolean | undefined {
  if (value === undefined) return undefined
  return value === '1' || value === 'true' ? true : value === '0' || value === 'false' ? false : undefined
}

/** Leaves out what is undefined and lists that are empty: facts have neither. Keys keep their order. */
export function stated<T extends object>(value: T): Stated<T> {
  const result: Record<string, unknown> = {}
  for (const key in value) {
    const one = value[key]
    if (one !== undefined && !(Array.isArray(one) && one.length === 0)) result[key] = one
  }
  return result as Stated<T>
}

export type Stated<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>
}
