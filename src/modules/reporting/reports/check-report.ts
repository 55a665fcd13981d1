/**
 * Whether every numeral of a report is bound or quoted, in each language (domain 6.10, 15). A token that is not understood, whose
 * number the template does not define, or whose source nobody knows, binds and quotes nothing, so it counts as unbound.
 */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { defineQuery } from '../../../operations/index.ts'
import { checkText } from '../numerals/check-text.ts'
import { parseTemplateTokens, type TemplateToken } from '../numerals/template-tokens.ts'
import { type CitableDocuments, citesKnown, knownCitations, shippedCitations } from './citations.ts'
import { loadReportTemplate, type ReportTemplate } from './report-template.ts'

export interface UnboundNumeral {
  readonly lang: string
  /** Key of the text: `paragraph.undp-projects`. */
  readonly place: string
  /** Offset in UTF-16 units within the text. */
  readonly start: number
  readonly text: string
  /** What is wrong with it: the code of a problem of numerals, `numerals.unbound` for a numeral typed by hand. */
  readonly code: string
  /** The words around it. */
  readonly context: string
}

export interface CheckedLanguage {
  readonly numerals: number
  /** Numbers that lead to a figure, a reported value, or a derivation of them. */
  readonly bound: number
  /** Of them, those that a query over listings computes. */
  readonly boundToQueries: number
  readonly quoted: number
  readonly unbound: readonly UnboundNumeral[]
}

export interface ReportCheck extends CheckedLanguage {
  readonly key: string
  readonly languages: Readonly<Record<string, CheckedLanguage>>
}

export const checkReportQuery = defineQuery({
  name: 'reporting.check-report',
  permission: 'reporting.report.read',
  input: z.object({ key: z.string() }),
  run: async (context, { key }): Promise<ReportCheck> => checkReport(loadReportTemplate(key), await knownCitations(context)),
})

/** Checks kept: reading all six languages takes half a second of processor time, and the answer hangs on its material alone. */
const KEPT_CHECKS = 8
const keptChecks = new Map<string, ReportCheck>()

/** Sums over the languages stand beside each language's own counts. Without a database the shipped documents may be cited. */
export function checkReport(template: ReportTemplate, citable: CitableDocuments = shippedCitations()): ReportCheck {
  const key = createHash('sha256')
    .update(JSON.stringify([template, [...citable]]))
    .digest('base64')
  const check = keptChecks.get(key) ?? checkAnew(template, citable)
  // The one used last stands last, so that the first is the one to drop.
  keptChecks.delete(key)
  keptChecks.set(key, check)
  if (keptChecks.size > KEPT_CHECKS) keptChecks.delete(keptChecks.keys().next().value ?? '')
  return check
}

function checkAnew(template: ReportTemplate, citable: CitableDocuments): ReportCheck {
  const languages = Object.fromEntries(Object.keys(template.texts).map((lang) => [lang, checkLanguage(template, lang, citable)]))
  const all = Object.values(languages)
  const sum = (part: 'numerals' | 'bound' | 'boundToQueries' | 'quoted') => all.reduce((total, one) => total + one[part], 0)
  return {
    key: template.key,
    languages,
    numerals: sum('numerals'),
    bound: sum('bound'),
    boundToQueries: sum('boundToQueries'),
    quoted: sum('quoted'),
    unbound: all.flatMap(({ unbound }) => unbound),
  }
}

function checkLanguage(template: ReportTemplate, lang: string, citable: CitableDocuments): CheckedLanguage {
  let [bound, boundToQueries, quoted] = [0, 0, 0]
  const unbound: UnboundNumeral[] = []
  for (const [place, text] of Object.entries(template.texts[lang] ?? {})) {
    const { tokens, problems } = parseTemplateTokens(text)
    const refused = problems.map(({ code, start, end }) => ({ code, start, end }))
    for (const token of tokens) {
      const code = problemOf(token, template, citable)
      if (code !== undefined) refused.push({ code, start: token.start, end: token.end })
      else if (token.kind === 'bn') {
        bound += 1
        if (isQuery(template, token.key)) boundToQueries += 1
      } else if (token.kind !== 'fn') quoted += 1
    }
    // A numeral inside a token that was not understood is named once, with its token.
    const typed = checkText(text, lang).unbound.filter(
      ({ start, end }) => !refused.some((token) => token.start <= start && end <= token.end),
    )
    const left = [...refused, ...typed.map(({ start, end }) => ({ code: 'numerals.unbound', start, end }))]
    for (const { code, start, end } of left.sort((a, b) => a.start - b.start)) {
      const context = text.slice(Math.max(0, start - 30), end + 30)
      unbound.push({ lang, place, start, text: text.slice(start, end), code, context })
    }
  }
  return { numerals: bound + quoted + unbound.length, bound, boundToQueries, quoted, unbound }
}

/** Code of the problem of a well-formed token: it names something that is not there. */
function problemOf(token: TemplateToken, template: ReportTemplate, citable: CitableDocuments): string | undefined {
  if (token.kind === 'bn') return template.numbers[token.key] === undefined ? 'numerals.unknown-number' : undefined
  if (token.kind === 'fn') return template.footnotes.includes(token.id) ? undefined : 'numerals.unknown-footnote'
  return citesKnown(token, citable, template.sourceDocument) ? undefined : 'numerals.unknown-source'
}

function isQuery(template: ReportTemplate, key: string): boolean {
  const entry = template.numbers[key]
  if (entry === undefined) return false
  return 'figure' in entry || ('derived' in entry && entry.of.some((part) => isQuery(template, part)))
}
