/**
 * The tokens of report texts (domain section 15): `{{bn:key|format}}` and its kin, listed in the template's README.
 *
 * A token that is not understood stays part of the plain text, so that a number inside it is still found.
 */
import { isPartialDate } from '../../../kernel/partial-date.ts'
import type { ProblemReport } from '../../../kernel/problems.ts'
import './problems.ts'

export const NUMBER_FORMATS = ['count', 'percent', 'percent1', 'percent2', 'points', 'money', 'as-reported', 'factor'] as const
export type NumberFormat = (typeof NUMBER_FORMATS)[number]

export type TokenContent =
  | { readonly kind: 'bn'; readonly key: string; readonly format: NumberFormat }
  | { readonly kind: 'fn'; readonly id: string }
  | { readonly kind: 'doc'; readonly symbol: string }
  | { readonly kind: 'para'; readonly paragraph: string }
  | { readonly kind: 'date'; readonly date: string }
  | { readonly kind: 'year'; readonly year: string }
  | { readonly kind: 'period'; readonly period: string }
  /** Words with a numeral that a person accepted, with the source that says so. */
  | { readonly kind: 'said'; readonly text: string; readonly source: string }

/** Offsets in UTF-16 units of the whole text; `raw` is the token with its braces. */
export type TemplateToken = TokenContent & { readonly start: number; readonly end: number; readonly raw: string }

export interface PlainSegment {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** A token that was not understood, with its place in the text. */
export interface RefusedToken extends ProblemReport {
  readonly start: number
  readonly end: number
}

export interface ParsedText {
  readonly tokens: readonly TemplateToken[]
  readonly plain: readonly PlainSegment[]
  /** One problem per token that was not understood, and per pair of braces that belongs to no token. */
  readonly problems: readonly RefusedToken[]
}

const TOKEN = /\{\{([^{}]*)\}\}/g
// Braces that open or close no token would be printed as they are.
const STRAY = /\{\{[^{}]{0,40}|\}\}/g

// A report cites years of the recent past and plans of the near future; "0469" is a number in disguise.
const FIRST_YEAR = 1900
const LAST_YEAR = 2200

const ACCEPTED: Readonly<Record<TokenContent['kind'], string>> = {
  bn: '{{bn:key|format}}',
  fn: '{{fn:id}}',
  doc: '{{doc:A/RES/69/239}}',
  para: '{{para:30}}',
  date: '{{date:2015-07-24}}',
  year: '{{year:2014}}',
  period: '{{period:2014-2017}}',
  said: '{{said:TEXT|SOURCE}}',
}

export function parseTemplateTokens(text: string): ParsedText {
  const tokens: TemplateToken[] = []
  const plain: PlainSegment[] = []
  const problems: RefusedToken[] = []
  let plainFrom = 0
  const addPlain = (to: number): void => {
    if (to > plainFrom) plain.push({ start: plainFrom, end: to, text: text.slice(plainFrom, to) })
  }
  let strayFrom = 0
  const addStray = (to: number): void => {
    for (const { 0: token, index } of text.slice(strayFrom, to).matchAll(STRAY)) {
      const start = strayFrom + index
      problems.push({ ...unknownToken(token), start, end: start + token.length })
    }
  }
  for (const match of text.matchAll(TOKEN)) {
    const end = match.index + match[0].length
    addStray(match.index)
    strayFrom = end
    const content = readToken(match[1] ?? '')
    if ('code' in content) {
      problems.push({ ...content, start: match.index, end })
      continue
    }
    addPlain(match.index)
    plainFrom = end
    tokens.push({ ...content, start: match.index, end, raw: match[0] })
  }
  addPlain(text.length)
  addStray(text.length)
  return { tokens, plain, problems }
}

function unknownToken(token: string): ProblemReport {
  return { code: 'numerals.unknown-token', params: { token, accepted: Object.values(ACCEPTED).join(' ') } }
}

function readToken(inside: string): TokenContent | ProblemReport {
  const token = `{{${inside}}}`
  const colon = inside.indexOf(':')
  const name = inside.slice(0, Math.max(colon, 0))
  if (!isKind(name)) return unknownToken(token)
  const body = inside.slice(colon + 1)
  const malformed: ProblemReport = { code: 'numerals.malformed-token', params: { token, accepted: ACCEPTED[name] } }
  const [before = '', after = ''] = splitAtBar(body)
  switch (name) {
    case 'bn': {
      if (!/^[a-z0-9][a-z0-9._-]*$/.test(before)) return malformed
      const format = NUMBER_FORMATS.find((known) => known === after)
      if (!format)
        return { code: 'numerals.unknown-format', params: { token, format: after, accepted: NUMBER_FORMATS.join(' ') } }
      return { kind: 'bn', key: before, format }
    }
    case 'fn':
      return /^[a-z][a-z0-9-]*$/.test(body) ? { kind: 'fn', id: body } : malformed
    case 'doc':
      return body.trim() === '' ? malformed : { kind: 'doc', symbol: body }
    case 'para':
      return /^[1-9]\d*(?:\([a-z]\))?$/.test(body) ? { kind: 'para', paragraph: body } : malformed
    case 'date':
      return isPartialDate(body) && isYear(body.slice(0, 4)) ? { kind: 'date', date: body } : malformed
    case 'year':
      return isYear(body) ? { kind: 'year', year: body } : malformed
    case 'period':
      return isPeriod(body) ? { kind: 'period', period: body } : malformed
    case 'said':
      return before.trim() === '' || after.trim() === '' ? malformed : { kind: 'said', text: before, source: after }
  }
}

function isYear(text: string): boolean {
  return /^\d{4}$/.test(text) && Number(text) >= FIRST_YEAR && Number(text) <= LAST_YEAR
}

function isPeriod(text: string): boolean {
  const [start = '', end = '', ...more] = text.split('-')
  return isYear(start) && isYear(end) && start <= end && more.length === 0
}

/** The last bar divides: the accepted words may hold one, a format or a source never does. */
function splitAtBar(body: string): [string, string] {
  const bar = body.lastIndexOf('|')
  return bar < 0 ? [body, ''] : [body.slice(0, bar), body.slice(bar + 1)]
}

function isKind(name: string): name is TokenContent['kind'] {
  return Object.hasOwn(ACCEPTED, name)
}
