/**
 * What an initiative says after a row of a file has been added to what was known. A row says something about the fields that it
 * fills; whatever else is known stays: other languages of a text, the other end of a period, kept columns, further identifiers.
 */
import type { InitiativeFacts } from '../initiatives/initiative.ts'
import { type MergedPartners, mergePartners, withNumbers } from './merge-partners.ts'

export interface MergeOptions {
  /** The row is about the latest year, so that it says what the initiative is; an older year only fills what is not known. */
  readonly rowWins: boolean
  /** Whether a person, not a file, brought this partner. */
  isByHand(partner: NonNullable<InitiativeFacts['partners']>[number]): boolean
}

const TEXTS = ['title', 'summary', 'objective', 'exchange'] as const
const PERIODS = ['plannedPeriod', 'actualPeriod'] as const

export function mergeFacts(base: InitiativeFacts, row: InitiativeFacts, { rowWins, isByHand }: MergeOptions): InitiativeFacts {
  const [under, over] = rowWins ? [base, row] : [row, base]
  const merged: InitiativeFacts = { ...under, ...over }
  for (const field of TEXTS) merged[field] = mergeText(base[field], row[field], rowWins)
  for (const field of PERIODS) merged[field] = under[field] && over[field] ? { ...under[field], ...over[field] } : merged[field]
  merged.kept = under.kept && over.kept ? { ...under.kept, ...over.kept } : merged.kept
  merged.identifiers = mergeIdentifiers(over.identifiers, under.identifiers)
  if (base.reportingOrg && base.reportingOrg.name === row.reportingOrg?.name)
    merged.reportingOrg = { ...under.reportingOrg, ...over.reportingOrg }
  const { partners, contributions, results } = mergeParties(base, row, rowWins, isByHand)
  return withoutUndefined({ ...merged, partners, contributions, results })
}

type Text = NonNullable<InitiativeFacts['title']>

/**
 * Each language by itself. The original language of the record stays; when its text is renewed, translations that the row does not
 * renew are older than it. A text without stated language that says what is known in some language says nothing new.
 */
function mergeText(base: Text | undefined, row: Text | undefined, rowWins: boolean): Text | undefined {
  if (!base || !row) return base ?? row
  const said = row.texts[row.orig]
  if (row.orig === 'und' && said !== undefined && Object.values(base.texts).includes(said)) return base
  const known = base.orig === 'und' && base.texts.und === said ? inLanguage(base, row.orig) : base
  const texts = rowWins ? { ...known.texts, ...row.texts } : { ...row.texts, ...known.texts }
  const isRenewed = texts[known.orig] !== known.texts[known.orig]
  const state = { ...known.state }
  for (const lang of Object.keys(texts)) {
    if (lang === known.orig) continue
    const isFromRow = lang in row.texts && (rowWins || !(lang in known.texts))
    if (isRenewed && !isFromRow) state[lang] = 'stale'
    else if (isFromRow && texts[lang] !== known.texts[lang]) delete state[lang]
  }
  return { orig: known.orig, texts, ...(Object.keys(state).length > 0 ? { state } : {}) }
}

/** The same text, now with its language stated. */
function inLanguage({ texts, state }: Text, lang: string): Text {
  const { und = '', ...others } = texts
  return { orig: lang, texts: { [lang]: und, ...others }, ...(state ? { state } : {}) }
}

type Identifiers = InitiativeFacts['identifiers']

/** Those that win come first: where one of a scheme is asked for, it is theirs. */
function mergeIdentifiers(over: Identifiers, under: Identifiers): Identifiers {
  if (!over || !under) return over ?? under
  const further = under.filter((one) => !over.some(({ scheme, value }) => scheme === one.scheme && value === one.value))
  return [...over, ...further]
}

/** Contributions and results point to partners by number, so the three are merged together. */
function mergeParties(
  base: InitiativeFacts,
  row: InitiativeFacts,
  rowWins: boolean,
  isByHand: MergeOptions['isByHand'],
): Pick<InitiativeFacts, 'partners' | 'contributions' | 'results'> {
  if (!base.partners || (rowWins && !row.partners)) {
    const [under, over] = rowWins ? [base, row] : [row, base]
    return {
      partners: over.partners ?? under.partners,
      contributions: over.contributions ?? under.contributions,
      results: over.results ?? under.results,
    }
  }
  // What an older year says of partners is past; its contributions would point to them.
  if (!rowWins || !row.partners) return base
  const staying = [...(row.contributions ? [] : (base.contributions ?? [])), ...(row.results ? [] : (base.results ?? []))]
  const referred = new Set(staying.flatMap(({ giver, taker }) => [giver, taker]))
  const { partners, numbers }: MergedPartners = mergePartners(
    base.partners,
    row.partners,
    (partner) => referred.has(partner.no) || isByHand(partner),
  )
  return {
    partners,
    contributions: row.contributions?.map((one) => withNumbers(one, numbers)) ?? base.contributions,
    results: row.results?.map((one) => withNumbers(one, numbers)) ?? base.results,
  }
}

function withoutUndefined(facts: InitiativeFacts): InitiativeFacts {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as InitiativeFacts
}
