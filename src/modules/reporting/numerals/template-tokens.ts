/**
 * The tokens of report texts (domain section 15): `{{bn:key|format}}` and its kin, listed in the template's README.
 *
 * A token that is not understood stays part of the plain text, so that a number inside it is still found.
 */
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

export interface ParsedText {
  readonly tokens: readonly TemplateToken[]
  readonly plain: readonly PlainSegment[]
  /** One problem per token that was not understood; its place is not a field but part of `params.token`. */
  readonly problems: readonly ProblemReport[]
}

const TOKEN = /\{\{([^{}]*)\}\}/g

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
  const problems: ProblemReport[] = []
  let plainFrom = 0
  const addPlain = (to: number): void => {
    if (to > plainFrom) plain.push({ start: plainFrom, end: to, text: text.slice(plainFrom, to) })
  }
  for (const match of text.matchAll(TOKEN)) {
    const content = readToken(match[1] ?? '')
    if ('code' in content) {
      problems.push(content)
      continue
    }
    addPlain(match.index)
    plainFrom = match.index + match[0].length
    tokens.push({ ...content, start: match.index, end: plainFrom, raw: match[0] })
  }
  addPlain(text.length)
  return { tokens, plain, problems }
}

function readToken(inside: string): TokenContent | ProblemReport {
  const token = `{{${inside}}}`
  const colon = inside.indexOf(':')
  const name = inside.slice(0, Math.max(colon, 0))
  if (!isKind(name)) return { code: 'numerals.unknown-token', params: { token, accepted: Object.values(ACCEPTED).join(' ') } }
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
      return /^\d+(?:\([a-z]\))?$/.test(body) ? { kind: 'para', paragraph: body } : malformed
    case 'date':
      return /^\d{4}(?:-\d{2}(?:-\d{2})?)?$/.test(body) ? { kind: 'date', date: body } : malformed
    case 'year':
      return /^\d{4}$/.test(body) ? { kind: 'year', year: body } : malformed
    case 'period':
      return /^\d{4}-\d{4}$/.test(body) ? { kind: 'period', period: body } : malformed
    case 'said':
      return before.trim() === '' || after.trim() === '' ? malformed : { kind: 'said', text: before, source: after }
  }
}

/** The last bar divides: the accepted words may hold one, a format or a source never does. */
function splitAtBar(body: string): [string, string] {
  const bar = body.lastIndexOf('|')
  return bar < 0 ? [body, ''] : [body.slice(0, bar), body.slice(bar + 1)]
}

function isKind(name: string): name is TokenContent['kind'] {
  return Object.hasOwn(ACCEPTED, name)
}
