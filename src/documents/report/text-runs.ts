/** A text of the template as runs: its tokens become numbers, citations, notes and dates in the reader's language. */
import type { Translator } from '../../i18n/translator.ts'
import type { TemplateToken } from '../../modules/reporting/index.ts'
import { parseTemplateTokens } from '../../modules/reporting/index.ts'
import type { Run } from '../document-model.ts'
import { formatNumber } from './format-number.ts'
import { originSentence } from './number-words.ts'
import { type ReportContext, targetOfNumber, useTarget } from './report-context.ts'

export function textRuns(context: ReportContext, text: string): Run[] {
  const { tokens, plain } = parseTemplateTokens(text)
  const parts = [...tokens, ...plain.map((segment) => ({ kind: 'plain' as const, ...segment }))]
  const runs = parts
    .sort((a, b) => a.start - b.start)
    .map((part): Run => (part.kind === 'plain' ? { kind: 'text', text: part.text } : tokenRun(context, part)))
  return citeReported(context, tokens, runs)
}

function tokenRun(context: ReportContext, token: TemplateToken): Run {
  const { t, report } = context
  switch (token.kind) {
    case 'bn':
      return numberRun(context, token.key, token.format)
    case 'fn': {
      if (!context.footnotes.includes(token.id)) context.footnotes.push(token.id)
      const number = context.footnotes.indexOf(token.id) + 1
      return { kind: 'footnote', number, text: t.number(number) }
    }
    case 'doc':
      return { kind: 'citation', text: token.symbol, target: useTarget(context, { to: 'document', symbol: token.symbol }) }
    case 'para':
      return paraRun(context, report.template.sourceDocument, token.paragraph)
    case 'date':
    case 'year':
    case 'period':
      return timeRun(t, token)
    case 'said':
      return { kind: 'quoted', text: token.text, source: token.source }
  }
}

type TimeToken = Extract<TemplateToken, { kind: 'date' | 'year' | 'period' }>

function timeRun(t: Translator, token: TimeToken): Run {
  if (token.kind === 'date') return { kind: 'date', text: t.date(token.date), iso: token.date }
  if (token.kind === 'year') return { kind: 'date', text: t.date(token.year), iso: token.year }
  const [start = '', end = ''] = token.period.split('-')
  return { kind: 'text', text: t('documents.period', { start, end }) }
}

/** A text that holds nothing but words, dates and periods, without the report's numbers; undefined for any other. */
export function textWithoutNumbers(text: string, t: Translator): string | undefined {
  const { tokens, plain } = parseTemplateTokens(text)
  const times = tokens.filter((token): token is Extract<typeof token, TimeToken> =>
    ['date', 'year', 'period'].includes(token.kind),
  )
  if (times.length < tokens.length) return undefined
  return [...times.map((token) => ({ start: token.start, text: timeRun(t, token).text })), ...plain]
    .sort((a, b) => a.start - b.start)
    .map((part) => part.text)
    .join('')
}

export function numberRun(context: ReportContext, key: string, format: Parameters<typeof formatNumber>[2]): Run {
  const number = context.report.numbers[key]
  // The check of the report names such a token; here it stays visible as what it is.
  if (!number) return { kind: 'text', text: `{{bn:${key}|${format}}}` }
  const reported = number.origin.kind === 'reported' ? context.reported.get(number.origin.reference) : undefined
  return {
    kind: 'number',
    text: formatNumber(context.t, number, format, reported),
    number: {
      target: useTarget(context, targetOfNumber(number)),
      definition: originSentence(context, number),
      origin: number.origin.kind,
    },
  }
}

export function paraRun(context: ReportContext, symbol: string, number: string): Run {
  useTarget(context, { to: 'document', symbol })
  return {
    kind: 'citation',
    text: context.t('documents.para', { number }),
    target: useTarget(context, { to: 'paragraph', symbol, number }),
  }
}

/**
 * A reported value is printed with its place once: by the paragraph that the sentence cites anyway, or else right behind the first
 * number that comes from it.
 */
function citeReported(context: ReportContext, tokens: readonly TemplateToken[], runs: readonly Run[]): Run[] {
  const cited = new Set(tokens.flatMap((token) => (token.kind === 'para' ? [token.paragraph] : [])))
  return runs.flatMap((run): Run[] => {
    if (run.kind !== 'number' || run.number.target.to !== 'value') return [run]
    const value = context.reported.get(run.number.target.reference)
    if (!value || value.para === null || cited.has(value.para)) return [run]
    cited.add(value.para)
    const [open = '', close = ''] = context.t('reporting.card.in-brackets', { text: '\u0000' }).split('\u0000')
    return [run, { kind: 'text', text: open }, paraRun(context, value.document, value.para), { kind: 'text', text: close }]
  })
}
