/** Days: which must be there, which cannot be in the future, and which come first. */
import { elementsOf, firstElement, type XmlElement } from '../element.ts'
import { type CheckRun, shown } from './check-run.ts'
import { dayOf } from './quick-types.ts'

const PLANNED_START = '1'
const ACTUAL_START = '2'
const PLANNED_END = '3'
const ACTUAL_END = '4'

/** At the end of an activity. */
export function checkActivityDates(activity: XmlElement, run: CheckRun): void {
  const dates = elementsOf(activity, 'activity-date')
  const days = new Map<string, string>()
  for (const date of dates) {
    const type = date.attributes.type?.trim() ?? ''
    const day = dayOf(date.attributes['iso-date'])
    if (day === undefined) continue
    if (!days.has(type)) days.set(type, day)
    if (type === ACTUAL_START || type === ACTUAL_END) checkPast(day, run, [date], 'iso-date')
  }
  // Without any date it is the structure that says so.
  const hasStart = dates.some(({ attributes: { type } }) => isStart(type?.trim()))
  if (dates.length > 0 && !hasStart) run.say('error', 'start-date-missing', {})
  checkPair(days.get(PLANNED_START), days.get(PLANNED_END), run, dates, PLANNED_END)
  checkPair(days.get(ACTUAL_START), days.get(ACTUAL_END), run, dates, ACTUAL_END)
}

function isStart(type: string | undefined): boolean {
  return type === PLANNED_START || type === ACTUAL_START
}

function checkPair(
  start: string | undefined,
  end: string | undefined,
  run: CheckRun,
  dates: readonly XmlElement[],
  type: string,
) {
  if (start === undefined || end === undefined || start <= end) return
  const last = dates.find(({ attributes }) => attributes.type?.trim() === type)
  run.say('error', 'period-order', { start, end }, last ? [last] : [])
}

/** What is said to have happened can be neither in the future nor after the last update. */
function checkPast(day: string, run: CheckRun, inside: readonly XmlElement[], attribute: string): void {
  if (day > run.today) run.say('error', 'date-in-future', { found: day }, inside, attribute)
  else if (run.updated !== undefined && day > run.updated) {
    run.say('error', 'date-after-update', { found: day, updated: run.updated }, inside, attribute)
  }
}

export function checkTransactionDates(transaction: XmlElement, run: CheckRun): void {
  for (const child of transaction.children) {
    if (typeof child === 'string') continue
    const attribute = child.name === 'transaction-date' ? 'iso-date' : child.name === 'value' ? 'value-date' : undefined
    const day = attribute === undefined ? undefined : dayOf(child.attributes[attribute])
    if (attribute !== undefined && day !== undefined) checkPast(day, run, [child], attribute)
  }
}

/** At the end of an activity or organisation. */
export function checkLastUpdate({ attributes }: XmlElement, run: CheckRun): void {
  const found = attributes['last-updated-datetime']
  const day = dayOf(found)
  if (found !== undefined && day !== undefined && day > run.today) {
    run.say('error', 'update-in-future', { found: shown(found) }, [], 'last-updated-datetime')
  }
}

/** Start and end of a budget, a planned disbursement or a period of results. */
export function checkPeriod(element: XmlElement, run: CheckRun): void {
  const [start, end] = periodOf(element)
  if (start !== undefined && end !== undefined && start > end) run.say('error', 'period-order', { start, end })
}

/** As `checkPeriod`, and no longer than from a day to the same day of the next year. */
export function checkBudgetPeriod(budget: XmlElement, run: CheckRun): void {
  const [start, end] = periodOf(budget)
  if (start === undefined || end === undefined) return
  if (start > end) run.say('error', 'period-order', { start, end })
  else if (end > yearAfter(start)) run.say('error', 'budget-too-long', { start, end })
}

/** A budget of an organisation: the days of its lines lie within it. */
export function checkOrganisationBudget(budget: XmlElement, run: CheckRun): void {
  checkBudgetPeriod(budget, run)
  const [start, end] = periodOf(budget)
  if (start === undefined || end === undefined || start > end) return
  for (const line of budget.children) {
    if (typeof line === 'string' || !line.name.endsWith('-line')) continue
    const value = firstElement(line, 'value')
    const day = dayOf(value?.attributes['value-date'])
    if (value === undefined || day === undefined || (day >= start && day <= end)) continue
    run.say('error', 'date-outside-period', { found: day, start, end }, [line, value], 'value-date')
  }
}

function periodOf(element: XmlElement): readonly [string | undefined, string | undefined] {
  let start: string | undefined
  let end: string | undefined
  for (const child of element.children) {
    if (typeof child === 'string') continue
    if (child.name === 'period-start') start ??= dayOf(child.attributes['iso-date'])
    else if (child.name === 'period-end') end ??= dayOf(child.attributes['iso-date'])
  }
  return [start, end]
}

/** The same day of the next year, as text; 29 February gives a day that compares rightly. */
function yearAfter(day: string): string {
  return `${String(Number(day.slice(0, 4)) + 1).padStart(4, '0')}${day.slice(4)}`
}
