/** Results with their indicators, baselines and values by period. */
import type { InitiativeFacts } from '../../../modules/registry/index.ts'
import type { XmlElement } from '../element.ts'
import { lookUp } from '../look-up.ts'
import { localizedText, plainText } from './read-texts.ts'
import { readDate, readPeriod } from './read-values.ts'
import { attribute, cut, isTrue, type Reading, stated } from './reading.ts'

type Result = NonNullable<InitiativeFacts['results']>[number]
type Indicator = NonNullable<Result['indicators']>[number]
type PeriodValue = NonNullable<Indicator['periods']>[number]

/** ResultType to level; 9 is "other" and has none. */
const LEVELS: Readonly<Record<string, Result['level']>> = { '1': 'output', '2': 'outcome', '3': 'impact' }

const LONGEST_STATEMENT = 5000
const LONGEST_VALUE = 200

/** A result is stated by its title, else by its description. One that says neither has no place in the facts. */
export function readResult(element: XmlElement, reading: Reading): Result | undefined {
  let title: XmlElement | undefined
  let description: XmlElement | undefined
  const indicators: Indicator[] = []
  for (const child of element.children) {
    if (typeof child === 'string') continue
    if (child.name === 'title') title ??= child
    else if (child.name === 'description') description ??= child
    else if (child.name === 'indicator') indicators.push(readIndicator(child, reading))
  }
  const statement = plainText(title, reading) ?? plainText(description, reading)
  if (statement === undefined) return undefined
  return stated({
    level: lookUp(LEVELS, attribute(element, 'type')),
    statement: cut(statement, LONGEST_STATEMENT, reading, element, 'result/title/narrative'),
    indicators,
  })
}

function readIndicator(element: XmlElement, reading: Reading): Indicator {
  const titles: XmlElement[] = []
  const references: NonNullable<Indicator['references']> = []
  const baselines: NonNullable<Indicator['baselines']> = []
  const periods: PeriodValue[] = []
  for (const child of element.children) {
    if (typeof child === 'string') continue
    if (child.name === 'title') titles.push(child)
    else if (child.name === 'reference') {
      const code = attribute(child, 'code')
      const vocabulary = attribute(child, 'vocabulary')
      if (code !== undefined && vocabulary !== undefined) references.push({ vocabulary, code })
    } else if (child.name === 'baseline') {
      baselines.push(
        stated({ year: attribute(child, 'year'), value: readValue(child, reading, 'result/indicator/baseline/@value') }),
      )
    } else if (child.name === 'period') for (const value of readPeriodValues(child, reading)) periods.push(value)
  }
  return stated({
    title: localizedText(titles, reading, 'result/indicator/title/narrative'),
    measure: attribute(element, 'measure'),
    ascending: isTrue(attribute(element, 'ascending')),
    references,
    baselines,
    periods,
  })
}

/** Targets and actual values that are broken down come several to a period: each pair is one entry of the same period. */
function readPeriodValues(element: XmlElement, reading: Reading): PeriodValue[] {
  let start: string | undefined
  let end: string | undefined
  const targets: (string | undefined)[] = []
  const actuals: (string | undefined)[] = []
  for (const child of element.children) {
    if (typeof child === 'string') continue
    if (child.name === 'period-start') start ??= readDate(child.attributes['iso-date'])
    else if (child.name === 'period-end') end ??= readDate(child.attributes['iso-date'])
    else if (child.name === 'target') targets.push(readValue(child, reading, 'result/indicator/period/target/@value'))
    else if (child.name === 'actual') actuals.push(readValue(child, reading, 'result/indicator/period/actual/@value'))
  }
  const period = readPeriod(start, end, reading, element, 'result/indicator/period/period-end')
  const count = Math.max(targets.length, actuals.length, 1)
  return Array.from({ length: count }, (_, at) => stated({ period, target: targets[at], actual: actuals[at] }))
}

function readValue(element: XmlElement, reading: Reading, path: string): string | undefined {
  const value = attribute(element, 'value')
  return value === undefined ? undefined : cut(value, LONGEST_VALUE, reading, element, path)
}
