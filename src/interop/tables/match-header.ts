/**
 * Which fields a column heading may name, in any of the languages of `header-words`, with a confidence from 0 to 1.
 * Exact headings weigh most; then headings with an addition ("Montant (USD)"), longer headings that contain a known one,
 * and spelling mistakes.
 */
import { normaliseName } from '../../codes/index.ts'
import { listLanguages } from '../../i18n/languages.ts'
import { messagesOf } from '../../i18n/messages.ts'
import { FIELD_KEYS, type FieldKey } from './fields.ts'
import { HEADER_WORDS } from './header-words/header-words.ts'
import { LOOKED_AT } from './limits.ts'

export interface HeaderMatch {
  readonly field: FieldKey
  readonly confidence: number
  /** Languages in which the heading means this field. */
  readonly languages: readonly string[]
}

interface Heading {
  readonly form: string
  readonly meanings: Map<FieldKey, Set<string>>
}

const EXACT = 0.98
const WITH_ADDITION = 0.93
/** What the name of the field itself, as our own exports write it, is worth above any other heading. */
const OWN_KEY = 0.02

let headings: ReadonlyMap<string, Heading> | undefined
let headingsByToken: ReadonlyMap<string, readonly Heading[]> | undefined

/** A heading in the form in which it is compared: `projectTitle*`, "1. Project_Title" and "Project  title:" are one. */
export function headerForm(text: string): string {
  const form = normaliseName(
    text
      .replace(/['’‘`ʼ]/g, ' ')
      .replace(/([a-zà-ÿ])([A-Z])/g, '$1 $2')
      .replaceAll('_', ' ')
      .replace(/^\s*[([]?\d{1,2}[.)\]]+\s*(?=\D)/, ''),
  )
  // The Arabic article comes and goes between "تاريخ البداية" and "تاريخ بداية التنفيذ".
  return form.replace(/(^| )ال(?=\S{3})/g, '$1')
}

/** Words that only say whose column it is, or that a date is planned; without them the heading is often a known one. */
const SAYING_LITTLE = new RegExp(
  `(^| )(${[
    'project|projects|initiative|activity|programme|program|planned|expected|actual|estimated|approximate|total|overall|main|the|of the|of',
    'projet|du projet|des projets|de l initiative|prevue?|effective?|estimatif|reelle?|estimee?|globale?|principal|principaux',
    'proyecto|del proyecto|de la iniciativa|prevista|estimad[oa]|real|principal|actual|ejecutado',
    'projeto|do projeto|da iniciativa|previsto|estimado|da cooperacao',
    'проекта|программы|инициативы|планируемая|фактическая|общая|ориентировочная|основная',
    'مشروع|متوقع|فعلي|اجمالي|عامه',
  ].join('|')})(?= |$)`,
  'g',
)
const SAYING_LITTLE_IN_CHINESE = /^(项目|合作|主要|预计|实际|计划)|(名称|说明|情况|信息)$/g

/**
 * The fields that a heading may mean, best first; empty when it is unknown. A heading of several rows is given as its
 * parts, from the upper row to the lower: the lower one says most.
 */
export function matchHeader(parts: readonly string[]): readonly HeaderMatch[] {
  const best = new Map<FieldKey, HeaderMatch>()
  const add = (matches: readonly HeaderMatch[], weight: number) => {
    for (const match of matches) {
      const confidence = match.confidence * weight
      if (confidence > (best.get(match.field)?.confidence ?? 0)) best.set(match.field, { ...match, confidence })
    }
  }
  const texts = parts.map((part) => part.trim()).filter((part) => part !== '')
  const last = texts.at(-1)
  if (last === undefined) return []
  add(matchText(last), texts.length > 1 ? 0.97 : 1)
  if (texts.length > 1) {
    add(matchText(texts.join(' ')), 1)
    add(matchText([...texts].reverse().join(' ')), 0.98)
    add(matchText(texts[0] ?? ''), 0.75)
  }
  return [...best.values()].sort((a, b) => b.confidence - a.confidence)
}

function matchText(text: string): readonly HeaderMatch[] {
  if (text.length > LOOKED_AT) return []
  const exact = exactMatch(text, EXACT)
  if (exact.length > 0) return exact
  const plural = text.replace(/\((s|es|e|ов|ы|и)\)/gi, '')
  const bare = text.replace(/[([（【][^)\]）】]*[)\]）】]/g, ' ')
  for (const variant of [plural, bare]) {
    const match = variant === text ? [] : exactMatch(variant, WITH_ADDITION)
    if (match.length > 0) return match
  }
  const short = headerForm(bare).replace(SAYING_LITTLE, ' ').replace(SAYING_LITTLE_IN_CHINESE, '').replace(/ +/g, ' ').trim()
  const shortMatch = short === headerForm(bare) ? [] : exactMatch(short, 0.88)
  if (shortMatch.length > 0) return shortMatch
  // Headings in two languages: "Title / Titre", or one under the other.
  const halves = bare.split(/\s*[/|\n\r–—:]\s*|\s+-\s+/).filter((half) => half.trim() !== '')
  if (halves.length > 1) {
    const found = halves.flatMap((half) => exactMatch(half, 0.9))
    if (found.length > 0) return found
  }
  const form = headerForm(bare) || headerForm(text)
  return form === '' ? [] : (containedMatch(form) ?? similarMatch(form))
}

function exactMatch(text: string, confidence: number): HeaderMatch[] {
  const form = headerForm(text)
  const heading = form === '' ? undefined : allHeadings().get(form)
  return heading ? matchesOf(heading, confidence) : []
}

function matchesOf(heading: Heading, confidence: number): HeaderMatch[] {
  return [...heading.meanings].map(([field, languages]) => ({
    field,
    confidence: languages.has('key') ? Math.min(1, confidence + OWN_KEY) : confidence,
    languages: [...languages],
  }))
}

/** The longest known heading inside a longer one: "Date of start of the project" has "date of start". */
function containedMatch(form: string): HeaderMatch[] | undefined {
  const tokens = form.split(' ')
  const matches: HeaderMatch[] = []
  for (let length = Math.min(tokens.length - 1, 6); length >= 1; length--) {
    for (let at = 0; at + length <= tokens.length; at++) {
      const phrase = tokens.slice(at, at + length).join(' ')
      if (length === 1 && phrase.length < 4 && isLatin(phrase)) continue
      const heading = allHeadings().get(phrase)
      if (!heading) continue
      // A heading that starts with the known words says more than one that merely holds them.
      const share = phrase.length / form.length
      matches.push(...matchesOf(heading, Math.min(0.55 + 0.3 * share + (at === 0 ? 0.07 : 0), 0.88)))
    }
    if (matches.length > 0) return matches
  }
  return tokens.length === 1 && /[\u4e00-\u9fff]/.test(form) ? containedChinese(form) : undefined
}

function isLatin(text: string): boolean {
  return /^[\u0020-\u024f]*$/.test(text)
}

/** Chinese has no spaces: the longest known heading that the text holds, the one at its end before others. */
function containedChinese(form: string): HeaderMatch[] | undefined {
  let best: { heading: Heading; points: number } | undefined
  for (const heading of allHeadings().values()) {
    if (heading.form.length < 2 || !form.includes(heading.form)) continue
    const points = heading.form.length + (form.endsWith(heading.form) ? 0.5 : 0)
    if (points > (best?.points ?? 0)) best = { heading, points }
  }
  return best ? matchesOf(best.heading, 0.6 + (0.25 * best.heading.form.length) / form.length) : undefined
}

/** Spelling mistakes: pairs of letters in common (Dice), among headings that share a token start. */
function similarMatch(form: string): HeaderMatch[] {
  if (form.length < 5) return []
  const pairs = pairsOf(form)
  let best: { heading: Heading; likeness: number } | undefined
  const candidates = new Set(form.split(' ').flatMap((token) => tokenIndex().get(token.slice(0, 2)) ?? []))
  for (const heading of candidates) {
    if (Math.abs(heading.form.length - form.length) > form.length * 0.4) continue
    const others = pairsOf(heading.form)
    let common = 0
    for (const [pair, count] of pairs) common += Math.min(count, others.get(pair) ?? 0)
    const likeness = (2 * common) / (form.length + heading.form.length - 2)
    if (likeness > (best?.likeness ?? 0.74)) best = { heading, likeness }
  }
  return best ? matchesOf(best.heading, best.likeness * 0.85) : []
}

function pairsOf(text: string): Map<string, number> {
  const pairs = new Map<string, number>()
  for (let at = 0; at + 1 < text.length; at++) {
    const pair = text.slice(at, at + 2)
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1)
  }
  return pairs
}

function allHeadings(): ReadonlyMap<string, Heading> {
  if (headings) return headings
  const all = new Map<string, Heading>()
  const add = (word: string, field: FieldKey, language: string) => {
    const form = headerForm(word)
    if (form === '') return
    const heading = all.get(form) ?? { form, meanings: new Map() }
    const languages = heading.meanings.get(field) ?? new Set()
    heading.meanings.set(field, languages.add(language))
    all.set(form, heading)
  }
  for (const [language, words] of Object.entries(HEADER_WORDS)) {
    for (const [field, list] of Object.entries(words) as [FieldKey, readonly string[]][]) {
      add(field, field, 'key')
      for (const word of list) add(word, field, language)
    }
  }
  // The names of our own templates are headings, too, in every language that the program speaks.
  for (const language of listLanguages()) {
    for (const field of FIELD_KEYS) {
      const name = messagesOf(language).get(`tables.field.${field}`)
      if (name !== undefined && field !== 'kept') add(name, field, language)
    }
  }
  headings = all
  return all
}

function tokenIndex(): ReadonlyMap<string, readonly Heading[]> {
  if (headingsByToken) return headingsByToken
  const index = new Map<string, Heading[]>()
  for (const heading of allHeadings().values()) {
    for (const token of heading.form.split(' ')) {
      const start = token.slice(0, 2)
      const list = index.get(start) ?? []
      list.push(heading)
      index.set(start, list)
    }
  }
  headingsByToken = index
  return index
}
