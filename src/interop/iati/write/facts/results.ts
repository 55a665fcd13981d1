/** Results with their indicators, documents, and related activities. */
import type { InitiativeFacts } from '../../../../modules/registry/index.ts'
import type { XmlElement } from '../../element.ts'
import { element, narrative, narratives } from '../make-element.ts'
import { dayElement } from './dates.ts'
import { formatOfAddress } from './document-format.ts'
import { ownAttributes, type WriteContext } from './write-context.ts'

type Result = NonNullable<InitiativeFacts['results']>[number]
type Indicator = NonNullable<Result['indicators']>[number]

const RESULT_TYPES = { output: '1', outcome: '2', impact: '3' } as const

/** In 2.03 a result has an indicator that says what it measures. A result without one is written as an element of ours alone. */
export function results(facts: InitiativeFacts, context: WriteContext): XmlElement[] {
  return (facts.results ?? []).flatMap((result, index) => {
    const indicators = indicatorsOf(result, context)
    if (indicators.length === 0 && !context.isLoose) return []
    return [
      element('result', { type: result.level === undefined ? '9' : RESULT_TYPES[result.level] }, [
        element('title', {}, [narrative(result.statement)]),
        ...indicators,
        context.own && hasMore(result) ? ownResult(result, index + 1) : undefined,
      ]),
    ]
  })
}

export function resultsBeside(facts: InitiativeFacts, context: WriteContext): XmlElement[] {
  if (context.isLoose) return []
  return (facts.results ?? []).flatMap((result, index) =>
    indicatorsOf(result, context).length === 0 ? [ownResult(result, index + 1, true)] : [],
  )
}

function hasMore({ indicator, baseline, target, actual, giver, taker, attribution }: Result): boolean {
  return [indicator, baseline, target, actual, giver, taker, attribution].some((one) => one !== undefined)
}

function ownResult(result: Result, position: number, whole = false): XmlElement {
  return element(
    'sur:result',
    {
      level: whole ? result.level : undefined,
      indicator: result.indicator,
      baseline: result.baseline,
      target: result.target,
      actual: result.actual,
      giver: result.giver,
      taker: result.taker,
      attribution: result.attribution,
      position: whole ? position : undefined,
      // The plain indicator is made of these words; the result has no indicators of its own.
      'indicators-derived': !whole && result.indicators === undefined ? true : undefined,
    },
    whole ? [element('sur:statement', {}, [result.statement])] : [],
  )
}

function indicatorsOf(result: Result, context: WriteContext): XmlElement[] {
  if (result.indicators) return result.indicators.map((indicator) => indicatorElement(indicator, result, context))
  if (result.indicator === undefined) return []
  const values = [result.baseline, result.target, result.actual].filter((one) => one !== undefined)
  return [element('indicator', { measure: measureOf(values) }, [element('title', {}, [narrative(result.indicator)])])]
}

function indicatorElement(indicator: Indicator, result: Result, context: WriteContext): XmlElement {
  const { title, measure, ascending, references = [], baselines = [], periods = [] } = indicator
  const titles = narratives(title, context)
  const values = [...baselines.map(({ value }) => value), ...periods.flatMap(({ target, actual }) => [target, actual])]
  const made = measure === undefined ? ownAttributes(context, { measure: 'derived' }) : {}
  return element('indicator', { measure: measure ?? measureOf(values), ascending, ...made }, [
    // A title is required; an indicator without one measures what its result states.
    element(
      'title',
      titles.length === 0 ? ownAttributes(context, { derived: true }) : {},
      titles.length === 0 ? [narrative(result.statement)] : titles,
    ),
    ...references.map(({ vocabulary, code }) => element('reference', { vocabulary, code })),
    ...baselines.map(({ year, value }) => element('baseline', { year, value })),
    ...periods.map(({ period, target, actual }) =>
      element('period', {}, [
        dayElement('period-start', period?.start, 'first', context),
        dayElement('period-end', period?.end, 'last', context),
        target === undefined ? undefined : element('target', { value: target }),
        actual === undefined ? undefined : element('actual', { value: actual }),
      ]),
    ),
  ])
}

/** Code of IndicatorMeasure that the values themselves show: numbers are units, numbers with a sign of per cent percentages. */
function measureOf(values: readonly (string | undefined)[]): string {
  const stated = values.filter((value) => value !== undefined)
  if (stated.length === 0) return '5'
  if (stated.every((value) => /^-?\d+(\.\d+)?$/.test(value.trim()))) return '1'
  return stated.every((value) => /^-?\d+(\.\d+)?\s*%$/.test(value.trim())) ? '2' : '5'
}

/** A document needs a category in 2.03; one without is written as an element of ours alone. */
export function documentLinks(facts: InitiativeFacts, context: WriteContext): XmlElement[] {
  return (facts.documents ?? []).flatMap(({ title, url, category, language, date }) =>
    category === undefined && !context.isLoose
      ? []
      : [
          element('document-link', { url, format: formatOfAddress(url) }, [
            element('title', title === undefined ? ownAttributes(context, { derived: true }) : {}, [narrative(title ?? url)]),
            category === undefined ? undefined : element('category', { code: category }),
            language === undefined ? undefined : element('language', { code: language }),
            dayElement('document-date', date, 'first', context),
          ]),
        ],
  )
}

export function documentsBeside(facts: InitiativeFacts, context: WriteContext): XmlElement[] {
  if (context.isLoose) return []
  return (facts.documents ?? []).flatMap(({ title, url, category, language, date }, index) =>
    category === undefined ? [element('sur:document', { url, title, language, date, position: index + 1 })] : [],
  )
}

export function relatedActivities(facts: InitiativeFacts): XmlElement[] {
  return (facts.related ?? []).map(({ type, identifier }) => element('related-activity', { ref: identifier, type }))
}
