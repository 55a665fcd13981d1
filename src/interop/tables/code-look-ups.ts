/**
 * Questions to the code lists as the reader of tables asks them: often, for any text, and mostly for texts that are no
 * code at all. Answers are remembered, and the search for similar names runs only for a cell that should be a country.
 */
import {
  type AreaResolution,
  crosswalk,
  findArea,
  isCode,
  listAmbiguousAreaNames,
  listAreaAliases,
  listAreas,
  normaliseName,
  resolveAreaName,
} from '../../codes/index.ts'
import { LONGEST_NAME } from './limits.ts'
import { plainDigits } from './plain-digits.ts'

/** Distinct texts remembered; a file with more different names than this is slow, not wrong. */
const REMEMBERED = 20_000

let areaNames: ReadonlySet<string> | undefined
const areas = new Map<string, AreaResolution>()
const codes = new Map<string, string | undefined>()

/** Longer texts are no code with its name. */
const LONGEST_CODE = 200

/** Longer texts are sentences, not names. The longest area name has 56 letters. */
const LONGEST_AREA_NAME = 90

/** Whether a text is a code or a name of an area, an ambiguous one included. */
export function isAreaName(text: string): boolean {
  const plain = text.trim()
  if (plain === '' || plain.length > LONGEST_AREA_NAME) return false
  if (/^([A-Z]{2,3}|\d{3})$/.test(plain)) return findArea(plain) !== undefined
  return knownNameOf(plain) !== undefined
}

export function resolveArea(text: string): AreaResolution {
  if (text.length > LONGEST_NAME) return { status: 'unknown', suggestions: [] }
  const known = areas.get(text)
  if (known) return known
  const name = knownNameOf(text)
  const answer = resolveAreaName(name === undefined || name === normaliseName(text) ? text : name)
  if (areas.size < REMEMBERED) areas.set(detached(text), answer)
  return answer
}

/** Words that tables shorten, per language; the full words in another language make no name, so all can be tried. */
const SHORTENED: readonly Readonly<Record<string, string>>[] = [
  { rep: 'republic', dem: 'democratic', fed: 'federal', st: 'saint', is: 'islands' },
  { rep: 'republica', dem: 'democratica', fed: 'federal', st: 'santa', is: 'islas' },
  { rep: 'republique', dem: 'democratique', fed: 'federale', st: 'saint', is: 'iles' },
]

/** The normalised name by which the lists know a text, with shortened words written out; undefined when they do not. */
function knownNameOf(text: string): string | undefined {
  const names = knownAreaNames()
  const name = normaliseName(text)
  if (names.has(name) || names.has(name.replace(/^the /, ''))) return name
  if (!/(^| )(rep|dem|fed|st|is)( |$)/.test(name)) return undefined
  for (const words of SHORTENED) {
    const whole = name.replace(/\b(rep|dem|fed|st|is)\b/g, (word) => words[word] ?? word)
    if (names.has(whole)) return whole
  }
  return undefined
}

/** The code that a text stands for in a list, or undefined. */
export function resolveCode(list: string, text: string): string | undefined {
  if (text.length > LONGEST_CODE) return undefined
  const key = `${list}\u0000${text}`
  if (codes.has(key)) return codes.get(key)
  const answer = lookUpCode(list, text.trim())
  if (codes.size < REMEMBERED) codes.set(detached(key), answer)
  return answer
}

function lookUpCode(list: string, text: string): string | undefined {
  if (text === '') return undefined
  const direct = list === 'region' ? (crosswalk('undpRegion', text) ?? crosswalk('region', text)) : crosswalk(list, text)
  if (direct !== undefined) return direct
  if (list === 'sdg') return sdgCode(text)
  // "110 - Education", "2: Implementation", "Education (11120)": the code beside its name decides.
  const beside = /^([A-Za-z]?\d[\d.]*)\s*[-–—:.)|]?\s+\S/.exec(text)?.[1] ?? /[([]([A-Za-z]?\d[\d.]*)[)\]]$/.exec(text)?.[1]
  if (beside !== undefined && isCode(list, beside)) return beside
  const bare = text.replace(/\s*[([][^)\]]*[)\]]\s*$/, '')
  return bare === text || bare === '' ? undefined : crosswalk(list, bare)
}

/** SDG 4, ODD 4, ODS 4.1, ЦУР 4, Goal 4: Quality education, 目标4, الهدف 4, and the bare number. */
function sdgCode(text: string): string | undefined {
  const match =
    /^(?:sdgs?|odd|ods|цур|goal|target|objectif|objetivo|meta|cible|цель|задача|可持续发展目标|目标|الهدف|هدف|الغاية)?\s*[#n°º.:-]*\s*0?(\d{1,2}(?:\.[0-9a-e]{1,2})?)(?!\d)\s*(?:$|[-–—:.)]?\s*\D)/i.exec(
      plainDigits(text),
    )
  const code = match?.[1]?.toLowerCase()
  return code !== undefined && isCode('sdg', code) ? code : undefined
}

function knownAreaNames(): ReadonlySet<string> {
  if (areaNames) return areaNames
  const names = new Set<string>()
  for (const alias of listAreaAliases()) names.add(alias.norm)
  for (const doubt of listAmbiguousAreaNames()) names.add(doubt.norm)
  for (const area of listAreas()) {
    if (area.formalName) names.add(normaliseName(area.formalName))
    for (const name of Object.values(area.names)) names.add(normaliseName(name))
  }
  areaNames = names
  return names
}

/** A copy of a text that does not keep alive the large piece of the file from which it was cut. */
function detached(text: string): string {
  return Buffer.from(text).toString()
}
