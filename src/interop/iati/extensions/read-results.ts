/** Results and documents with what our elements say of them. */
import type { InitiativeFacts } from '../../../modules/registry/index.ts'
import { attributeOf, elementsOf, firstElement, type XmlElement } from '../element.ts'
import { exactText, flagOf, isDerived, knownDate, positionOf, stated, withPlaced } from './read-attributes.ts'

type Result = NonNullable<InitiativeFacts['results']>[number]
type Indicator = NonNullable<Result['indicators']>[number]
type DocumentLink = NonNullable<InitiativeFacts['documents']>[number]

export function readResults(activity: XmlElement, plain: InitiativeFacts): Result[] | undefined {
  const elements = elementsOf(activity, 'result')
  const read = plain.results ?? []
  const beside = elementsOf(activity, 'sur:result').map((own) => ({ position: positionOf(own), item: resultBeside(own) }))
  if (read.length !== elements.length) return beside.length === 0 ? plain.results : withPlaced(read, beside)
  const inPlain = read.map((result, index) => withOwn(result, elements[index]))
  return inPlain.length === 0 && beside.length === 0 ? plain.results : withPlaced(inPlain, beside)
}

function withOwn(result: Result, element: XmlElement | undefined): Result {
  if (!element) return result
  const own = firstElement(element, 'sur:result')
  const indicators = result.indicators && indicatorsOf(result.indicators, elementsOf(element, 'indicator'))
  const isMade = flagOf(own, 'indicators-derived') === true
  return stated({ ...result, indicators: isMade ? undefined : indicators, ...(own ? ownFields(own) : {}) })
}

function ownFields(own: XmlElement): Partial<Result> {
  const attribution = attributeOf(own, 'attribution')
  return stated({
    indicator: attributeOf(own, 'indicator'),
    baseline: attributeOf(own, 'baseline'),
    target: attributeOf(own, 'target'),
    actual: attributeOf(own, 'actual'),
    giver: attributeOf(own, 'giver'),
    taker: attributeOf(own, 'taker'),
    attribution: attribution as Result['attribution'],
  })
}

function resultBeside(own: XmlElement): Result {
  const level = attributeOf(own, 'level') as Result['level']
  return stated({ level, statement: exactText(firstElement(own, 'sur:statement')) ?? '', ...ownFields(own) })
}

function indicatorsOf(indicators: readonly Indicator[], elements: readonly XmlElement[]): Indicator[] {
  if (indicators.length !== elements.length) return [...indicators]
  return indicators.map((indicator, index) => {
    const element = elements[index]
    const title = element && firstElement(element, 'title')
    const hasNoTitle = title !== undefined && isDerived(title)
    const hasNoMeasure = attributeOf(element, 'sur:measure') === 'derived'
    return stated({
      ...indicator,
      title: hasNoTitle ? undefined : indicator.title,
      measure: hasNoMeasure ? undefined : indicator.measure,
      periods: indicator.periods && element ? periodsOf(indicator.periods, elementsOf(element, 'period')) : indicator.periods,
    })
  })
}

function periodsOf(periods: NonNullable<Indicator['periods']>, elements: readonly XmlElement[]) {
  if (periods.length !== elements.length) return periods
  return periods.map((one, index) => {
    const element = elements[index]
    if (!element || !one.period) return one
    const start = knownDate(firstElement(element, 'period-start'))
    const end = knownDate(firstElement(element, 'period-end'))
    return { ...one, period: stated({ start, end }) }
  })
}

export function readDocuments(activity: XmlElement, plain: InitiativeFacts): DocumentLink[] | undefined {
  const elements = elementsOf(activity, 'document-link')
  const read = plain.documents ?? []
  const beside = elementsOf(activity, 'sur:document').map((own) => ({ position: positionOf(own), item: documentOf(own) }))
  const inPlain = read.length === elements.length ? read.map((one, index) => withKnown(one, elements[index])) : read
  return inPlain.length === 0 && beside.length === 0 ? plain.documents : withPlaced(inPlain, beside)
}

function withKnown(document: DocumentLink, element: XmlElement | undefined): DocumentLink {
  const title = element && firstElement(element, 'title')
  const date = element && firstElement(element, 'document-date')
  return stated({
    ...document,
    title: title && isDerived(title) ? undefined : document.title,
    date: date && document.date !== undefined ? knownDate(date) : document.date,
  })
}

function documentOf(own: XmlElement): DocumentLink {
  const [title, language, date] = ['title', 'language', 'date'].map((name) => attributeOf(own, name))
  return stated({ title, url: attributeOf(own, 'url') ?? '', language, date })
}
