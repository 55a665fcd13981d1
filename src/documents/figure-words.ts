/** A figure in words: its title, what it counts over what, its value and its difference, in the reader's language. */
import { codeName } from '../codes/index.ts'
import type { Translator } from '../i18n/translator.ts'
import { type Figure, type FigureDefinition, findFigureDefinition } from '../modules/reporting/index.ts'

/** Digits after the point of a computed share: two show the difference to a printed whole per cent. */
export const SHARE_DIGITS = 2

export function definitionOf({ definitionId }: Pick<Figure, 'definitionId'>): FigureDefinition {
  const definition = findFigureDefinition(definitionId)
  if (!definition) throw new Error(`No figure definition ${definitionId}`)
  return definition
}

export function figureTitle(t: Translator, definition: FigureDefinition): string {
  return t(`reporting.definition.${definition.family}.title`, { name: subjectName(t, definition) })
}

export function definitionText(t: Translator, definition: FigureDefinition): string {
  return t(`reporting.definition.${definition.family}.text`)
}

export function readingName(t: Translator, definition: FigureDefinition): string {
  return t(`reporting.reading.${definition.reading}`)
}

/** The code that the figure is about: "Regional", "Civil society organization". */
export function subjectName(t: Translator, { subject }: FigureDefinition): string {
  return subject === undefined ? '' : codeName(subject.list, subject.code, t.lang)
}

type Noun = 'rows' | 'groups' | 'countries' | 'mentions'

const NOUNS: Readonly<Record<string, Noun>> = {
  'projects.groups': 'groups',
  'countries.hosts': 'countries',
  'countries.engaged': 'countries',
}

function nounOf({ reading, family }: FigureDefinition): Noun {
  return NOUNS[family] ?? (reading === 'mentions' ? 'mentions' : 'rows')
}

export function nounText(t: Translator, noun: Noun, count: number): string {
  return t(`reporting.noun.${noun}`, { count })
}

/** What stands behind the numerator: "rows of this scale". */
export function countsText(t: Translator, definition: FigureDefinition, count: number): string {
  return t(`reporting.definition.${definition.family}.counts`, { noun: nounText(t, nounOf(definition), count) })
}

/** What the denominator counts: "rows in all". */
export function overText(t: Translator, definition: FigureDefinition, count: number): string {
  return t(`reporting.definition.${definition.family}.over`, { noun: nounText(t, nounOf(definition), count) })
}

/** Undefined when there is nothing to divide by: an empty portfolio has no share. */
export function figureValue(t: Translator, { kind, value }: Pick<Figure, 'kind' | 'value'>): string | undefined {
  if (value === null) return undefined
  return kind === 'share' ? t.percent(value, { digits: SHARE_DIGITS }) : t.number(value)
}

/** "145 of 469"; undefined for a count. */
export function fractionText(
  t: Translator,
  { numerator, denominator }: Pick<Figure, 'numerator' | 'denominator'>,
): string | undefined {
  if (denominator === null) return undefined
  return t('reporting.fraction', { numerator: t.number(numerator), denominator: t.number(denominator) })
}

/** "−13.42 percentage points", "+18"; undefined when nothing was compared. */
export function differenceText(t: Translator, difference: Figure['difference']): string | undefined {
  if (difference === null) return undefined
  const value = Number(difference.value)
  return difference.unit === 'percentage_points' ? pointsText(t, value, SHARE_DIGITS) : t.number(value, { signed: true })
}

/** A signed difference of two shares with its unit. */
export function pointsText(t: Translator, points: number, digits: number): string {
  return t('reporting.difference.points', { value: t.number(points, { digits, signed: true }), count: Math.abs(points) })
}

export function yearName(t: Translator, year: number | null | string): string {
  return year === null || year === 'not_stated' ? t('reporting.figures.year-not-stated') : t.date(String(year))
}

/** "Host countries, 2014" in the punctuation of the language. */
export function titleAndYear(t: Translator, definition: FigureDefinition, year: number | null): string {
  return t('reporting.figures.scope', { portfolio: figureTitle(t, definition), year: yearName(t, year) })
}
