/** What every part of a report's making needs at hand: the numbers, the words, and which footnotes and targets were used so far. */
import type { Translator } from '../../i18n/translator.ts'
import type { Figure, ResolvedNumber, ResolvedReport } from '../../modules/reporting/index.ts'
import type { ReportedValue } from '../../modules/sources/index.ts'
import type { Target } from '../document-model.ts'

export interface ReportContext {
  readonly t: Translator
  readonly report: ResolvedReport
  readonly reported: ReadonlyMap<string, ReportedValue>
  /** Ids of footnotes in the order in which their marks occur. */
  readonly footnotes: string[]
  /** Everything that the document leads to, by its name. */
  readonly used: Map<string, Target>
}

export function reportContext(report: ResolvedReport, t: Translator): ReportContext {
  return {
    t,
    report,
    reported: new Map(report.reported.map((value) => [value.reference, value])),
    footnotes: [],
    used: new Map(),
  }
}

/** One text per target, for maps and anchors. */
export function targetName(target: Target): string {
  switch (target.to) {
    case 'figure':
      return `figure ${target.portfolio} ${target.definitionId}`
    case 'value':
      return `value ${target.reference}`
    case 'derived':
      return `derived ${target.key}`
    case 'document':
      return `document ${target.symbol}`
    case 'paragraph':
      return `paragraph ${target.symbol} ${target.number}`
  }
}

export function useTarget(context: ReportContext, target: Target): Target {
  context.used.set(targetName(target), target)
  return target
}

export function targetOfNumber({ key, origin }: ResolvedNumber): Target {
  if (origin.kind === 'reported') return { to: 'value', reference: origin.reference }
  if (origin.kind === 'derived') return { to: 'derived', key }
  return targetOfFigure(origin)
}

export function targetOfFigure({ portfolio, year, definitionId }: Pick<Figure, 'portfolio' | 'year' | 'definitionId'>): Target {
  return { to: 'figure', portfolio, year, definitionId }
}

export function figureIn({ report }: ReportContext, portfolio: string, definitionId: string): Figure | undefined {
  return report.figures.find((figure) => figure.portfolio === portfolio && figure.definitionId === definitionId)
}

/** The document's text for a key of the template. */
export function wordsOf({ report }: ReportContext, key: string): string {
  return report.texts[key] ?? key
}
