/**
 * Sectors and recipients: stated once, for the activity or for each transaction, and percentages that sum to 100. Sectors sum within
 * each vocabulary; countries and regions sum together, with the regions of each vocabulary.
 */
import type { XmlElement } from '../element.ts'
import type { CheckRun } from './check-run.ts'

const DEFAULT_VOCABULARY = '1'

/** Shares of three thirds are written 33.33: so little is said as a warning. */
const ROUNDING = 0.1

/** Sums of decimals in floating point differ by far less than that. */
const EXACT = 0.000_001

/** `of` in the reports: what the shares are of. */
type Kind = 'sectors' | 'recipients' | 'budget-items'

/** At the end of an activity. */
export function checkShares(activity: XmlElement, run: CheckRun): void {
  const sectors: XmlElement[] = []
  const countries: XmlElement[] = []
  const regions: XmlElement[] = []
  const transactions: XmlElement[] = []
  for (const child of activity.children) {
    if (typeof child === 'string') continue
    if (child.name === 'sector') sectors.push(child)
    else if (child.name === 'recipient-country') countries.push(child)
    else if (child.name === 'recipient-region') regions.push(child)
    else if (child.name === 'transaction') transactions.push(child)
  }
  for (const [vocabulary, group] of byVocabulary(sectors)) checkSum('sectors', vocabulary, group, run)
  if (regions.length === 0) checkSum('recipients', '', countries, run)
  for (const [vocabulary, group] of byVocabulary(regions)) checkSum('recipients', vocabulary, [...countries, ...group], run)
  checkLevels('sectors', sectors, transactions, isSector, run)
  checkLevels('recipients', [...countries, ...regions], transactions, isRecipient, run)
}

/** `country-budget-items`. */
export function checkBudgetItems(items: XmlElement, run: CheckRun): void {
  const group = items.children.filter((child): child is XmlElement => typeof child !== 'string' && child.name === 'budget-item')
  checkSum('budget-items', items.attributes.vocabulary?.trim() ?? '', group, run)
}

/** `@percentage` of one element. */
export function checkShare({ attributes: { percentage } }: XmlElement, run: CheckRun): void {
  if (percentage === undefined) return
  const share = Number(percentage)
  if (share < 0 || share > 100) run.say('error', 'share-out-of-range', { found: percentage }, [], 'percentage')
}

function byVocabulary(elements: readonly XmlElement[]): Map<string, XmlElement[]> {
  const groups = new Map<string, XmlElement[]>()
  for (const element of elements) {
    const vocabulary = element.attributes.vocabulary?.trim() || DEFAULT_VOCABULARY
    const group = groups.get(vocabulary)
    if (group) group.push(element)
    else groups.set(vocabulary, [element])
  }
  return groups
}

/** One element alone needs no percentage; several need one each. */
function checkSum(of: Kind, vocabulary: string, group: readonly XmlElement[], run: CheckRun): void {
  let sum = 0
  let missing: XmlElement | undefined
  for (const element of group) {
    const { percentage } = element.attributes
    if (percentage === undefined || percentage.trim() === '') missing ??= element
    else sum += Number(percentage)
  }
  const [first] = group
  if (first === undefined || Number.isNaN(sum)) return
  const inside = of === 'budget-items' ? [] : [first]
  if (missing !== undefined) {
    if (group.length > 1) run.say('error', 'share-missing', {}, [missing])
    return
  }
  const difference = Math.abs(sum - 100)
  if (difference <= EXACT) return
  const params = { found: String(Math.round(sum * 10_000) / 10_000), of, vocabulary }
  run.say(difference <= ROUNDING ? 'warning' : 'error', 'share-sum', params, inside)
}

function isSector(name: string): boolean {
  return name === 'sector'
}

function isRecipient(name: string): boolean {
  return name === 'recipient-country' || name === 'recipient-region'
}

function checkLevels(
  of: Kind,
  stated: readonly XmlElement[],
  transactions: readonly XmlElement[],
  isOne: (name: string) => boolean,
  run: CheckRun,
): void {
  let lacking: XmlElement | undefined
  let having: XmlElement | undefined
  let count = 0
  for (const transaction of transactions) {
    if (transaction.children.some((child) => typeof child !== 'string' && isOne(child.name))) having ??= transaction
    else {
      lacking ??= transaction
      count++
    }
  }
  if (stated.length > 0) {
    // Sectors of a transaction may go into more detail than those of the activity; a place is either or.
    if (having !== undefined) run.say(of === 'sectors' ? 'warning' : 'error', 'stated-at-both-levels', { of }, [having])
  } else if (having === undefined) run.say('error', 'stated-at-no-level', { of, count: 0 })
  else if (lacking !== undefined) run.say('error', 'stated-at-no-level', { of, count }, [lacking])
}
