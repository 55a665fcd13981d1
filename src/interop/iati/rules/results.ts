/** Results: values where something is counted, none where it is described, and references at one of two levels. */
import { elementsOf, firstElement, type XmlElement } from '../element.ts'
import { type CheckRun, hasValue, shown } from './check-run.ts'

const QUALITATIVE = '5'

/** At the end of an indicator; the run stands at it, its result is above. */
export function checkIndicator(indicator: XmlElement, run: CheckRun): void {
  const measure = indicator.attributes.measure?.trim() ?? ''
  for (const child of indicator.children) {
    if (typeof child === 'string') continue
    if (child.name === 'baseline') checkValue(measure, child, [child], run)
    else if (child.name === 'period') {
      for (const value of child.children) {
        if (typeof value !== 'string' && (value.name === 'target' || value.name === 'actual')) {
          checkValue(measure, value, [child, value], run)
        }
      }
    }
  }
  const result = run.stack[run.stack.length - 2]
  const reference = firstElement(indicator, 'reference')
  if (reference && result && elementsOf(result, 'reference').length > 0)
    run.say('error', 'reference-at-both-levels', {}, [reference])
}

function checkValue(measure: string, element: XmlElement, inside: readonly XmlElement[], run: CheckRun): void {
  const isStated = hasValue(element, 'value')
  if (measure === QUALITATIVE) {
    if (isStated) run.say('error', 'measured-value-unexpected', { found: shown(element.attributes.value ?? '') }, inside, 'value')
  } else if (!isStated && measure >= '1' && measure <= '4') {
    run.say('error', 'measured-value-missing', { measure }, inside, 'value')
  }
}
