/** How well the cells of a column fit a field, and which fields the cells alone suggest. */
import type { ColumnProfile } from './column-profile.ts'
import { FIELD_KEYS, type FieldKey, fieldDefinition } from './fields.ts'

/**
 * -1 (the cells contradict the field) to 1 (they fit). 0 where cells can say nothing, as for free text or empty columns.
 */
export function contentFit(field: FieldKey, profile: ColumnProfile): number {
  if (profile.filled === 0) return 0
  const isText = profile.numbers < 0.2 && profile.dates < 0.2
  switch (fieldDefinition(field).form) {
    case 'places':
      return profile.places * 2 - 1
    case 'parties':
      return isText ? (profile.places > 0.5 ? 0.6 : 0) : -1
    case 'date':
      return Math.min(1, profile.dates + profile.years + serialShare(profile)) * 2 - 1
    case 'year':
      return profile.years * 2 - 1
    case 'amount':
      return profile.dates > 0.3 || profile.years > 0.9 ? -1 : Math.max(profile.amounts, profile.numbers) * 2 - 1
    case 'count':
      return profile.numbers * 2 - 1
    case 'currency':
      return profile.currencies * 2 - 1
    case 'links':
      return profile.links * 2 - 1
    case 'contact':
      return profile.contacts > 0.5 ? 1 : isText ? 0 : -0.5
    case 'code':
    case 'codes': {
      const share = profile.codes.get(field) ?? 0
      // Lists that a ministry words in its own way are still themes and modalities; only other kinds of cells contradict.
      return share > 0.3 ? share : isText && profile.averageLength < 120 ? (profile.places > 0.7 ? -0.8 : -0.1) : -0.7
    }
    case 'identifier':
      return profile.averageLength > 60 ? -1 : field === 'identifier' && profile.distinctShare < 0.5 ? -0.6 : 0.2
    case 'longText':
      return isText ? (profile.averageLength > 60 ? 0.5 : profile.places > 0.8 ? -0.6 : 0) : -0.9
    case 'text':
      return isText ? (field === 'title' && (profile.places > 0.8 || profile.averageLength < 4) ? -0.8 : 0.1) : -0.8
    case 'kept':
      return 0
  }
}

/** Day numbers of a spreadsheet that lost their date format: all numbers between 1950 and 2070. */
function serialShare(profile: ColumnProfile): number {
  return profile.numbers > 0.9 && profile.largestNumber > 18_000 && profile.largestNumber < 62_000 ? 0.6 : 0
}

export interface ContentSuggestion {
  readonly field: FieldKey
  readonly confidence: number
}

/**
 * Fields that the cells suggest without any heading. Never above 0.8: a person should look. Start and end, host and
 * partner, title and summary are told apart by the caller, who sees all columns.
 */
export function suggestByContent(profile: ColumnProfile): ContentSuggestion[] {
  if (profile.filled < 2) return []
  const found: ContentSuggestion[] = []
  const suggest = (field: FieldKey, confidence: number, when: boolean) => {
    if (when) found.push({ field, confidence })
  }
  suggest('links', 0.8, profile.links > 0.6)
  suggest('contact', 0.75, profile.contacts > 0.6 && profile.links < 0.3)
  suggest('budgetCurrency', 0.8, profile.currencies > 0.9)
  const several = profile.placesPerCell > 1.25
  suggest('hosts', several ? 0.6 : 0.72, profile.places > 0.6)
  suggest('partnerCountries', several ? 0.72 : 0.6, profile.places > 0.6)
  for (const field of FIELD_KEYS) {
    const share = profile.codes.get(field) ?? 0
    // Bare numbers are codes of goals and phases by chance; a heading has to say so.
    suggest(field, 0.55 + share * 0.22, share > 0.7 && profile.numbers < 0.5 && profile.places < 0.6)
  }
  suggest('sectors', 0.7, (profile.codes.get('sectors') ?? 0) > 0.8 && profile.largestNumber >= 10_000 && profile.numbers > 0.9)
  suggest('startDate', 0.7, profile.dates > 0.7)
  suggest('endDate', 0.65, profile.dates > 0.7)
  suggest('listYear', profile.distinctShare < 0.3 ? 0.68 : 0.5, profile.years > 0.9)
  suggest('startDate', 0.6, profile.years > 0.9)
  suggest('endDate', 0.55, profile.years > 0.9)
  const amountLike = profile.amounts > 0.9 && profile.largestNumber >= 1_000 && !profile.counting
  suggest('budgetAmount', 0.62, amountLike && profile.years < 0.5 && profile.dates < 0.2)
  suggest(
    'identifier',
    0.7,
    profile.identifiers > 0.9 &&
      profile.distinctShare > 0.95 &&
      profile.numbers < 0.5 &&
      profile.places < 0.5 &&
      profile.dates < 0.2,
  )
  suggest('identifier', 0.6, profile.counting && profile.dates < 0.2)
  const isText =
    profile.numbers < 0.1 && profile.dates < 0.1 && profile.links < 0.3 && profile.places < 0.5 && profile.contacts < 0.3
  suggest('summary', 0.62, isText && profile.averageLength > 110)
  suggest('exchangeDescription', 0.5, isText && profile.averageLength > 110)
  suggest('objective', 0.56, isText && profile.averageLength > 60)
  const titleLike = isText && profile.averageLength > 12 && profile.averageLength <= 110 && profile.distinctShare > 0.7
  suggest('title', 0.6, titleLike && profile.identifiers < 0.5)
  return found
}
