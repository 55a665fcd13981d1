/**
 * Whether every numeral of a report is bound or quoted, in each language (domain 6.10, 15). A token whose number the template does
 * not define binds nothing, so it counts as unbound.
 */
import { z } from 'zod'
import { defineQuery } from '../../../operations/index.ts'
import { checkText } from '../numerals/check-text.ts'
import { parseTemplateTokens } from '../numerals/template-tokens.ts'
import { loadReportTemplate, type ReportTemplate } from './report-template.ts'

export interface UnboundNumeral {
  readonly lang: string
  /** Key of the text: `paragraph.undp-projects`. */
  readonly place: string
  /** Offset in UTF-16 units within the text. */
  readonly start: number
  readonly text: string
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
  run: async (_context, { key }): Promise<ReportCheck> => checkReport(loadReportTemplate(key)),
})

/** Sums over the languages stand beside each language's own counts. */
export function checkReport(template: ReportTemplate): ReportCheck {
  const languages = Object.fromEntries(Object.keys(template.texts).map((lang) => [lang, checkLanguage(template, lang)]))
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

function checkLanguage(template: ReportTemplate, lang: string): CheckedLanguage {
  let [numerals, bound, boundToQueries, quoted] = [0, 0, 0, 0]
  const unbound: UnboundNumeral[] = []
  for (const [place, text] of Object.entries(template.texts[lang] ?? {})) {
    const found = checkText(text, lang)
    numerals += found.numerals
    quoted += found.quoted
    bound += found.bound
    const at = (start: number, end: number): UnboundNumeral => ({
      lang,
      place,
      start,
      text: text.slice(start, end),
      context: text.slice(Math.max(0, start - 30), end + 30),
    })
    unbound.push(...found.unbound.map(({ start, end }) => at(start, end)))
    for (const token of parseTemplateTokens(text).tokens) {
      if (token.kind !== 'bn') continue
      if (template.numbers[token.key] === undefined) {
        bound -= 1
        unbound.push(at(token.start, token.end))
      } else if (isQuery(template, token.key)) boundToQueries += 1
    }
  }
  return { numerals, bound, boundToQueries, quoted, unbound }
}

function isQuery(template: ReportTemplate, key: string): boolean {
  const entry = template.numbers[key]
  if (entry === undefined) return false
  return 'figure' in entry || ('derived' in entry && entry.of.some((part) => isQuery(template, part)))
}
