/**
 * From the wording of other systems to our code (ruling 10). The variants are data (`data/crosswalk.csv`), and so are the
 * mappings to the codes of IATI and TOSSD on export (`data/mappings.csv`).
 */
import { listCodes } from './code-lists.ts'
import { rowsOf } from './data-table.ts'
import { normaliseName } from './normalise-name.ts'
import { resolveAreaName } from './resolve-area-name.ts'

/** Wording to code; undefined marks a wording that two codes share. */
type WordingIndex = ReadonlyMap<string, string | undefined>

const indexes = new Map<string, WordingIndex>()

/**
 * The code that a text stands for: a code of the list, a known variant, or a name in any of its languages; case, accents,
 * hyphens and underscores make no difference. Undefined when nothing fits or when two codes share the name.
 */
export function crosswalk(list: string, text: string): string | undefined {
  if (list === 'country') {
    const area = resolveAreaName(text)
    return area.status === 'found' ? area.iso3 : undefined
  }
  return wordingIndex(list).get(wordingOf(text))
}

/** Our code's counterparts in another scheme, the usual one first; none where the scheme has none, as IATI has for SSC. */
export function mappedCodes(list: string, code: string, scheme: string): readonly string[] {
  const row = rowsOf('mappings', ['list', 'code', 'scheme', 'values']).find(
    (one) => one.list === list && one.code === code && one.scheme === scheme,
  )
  return row ? row.values.split(' ') : []
}

/** All our codes that another scheme's code may stand for, those for which it is the usual one first. */
export function codesMappedFrom(list: string, scheme: string, value: string): readonly string[] {
  return rowsOf('mappings', ['list', 'code', 'scheme', 'values'])
    .filter((row) => row.list === list && row.scheme === scheme)
    .map((row) => ({ code: row.code, place: row.values.split(' ').indexOf(value) }))
    .filter(({ place }) => place >= 0)
    .sort((a, b) => a.place - b.place)
    .map(({ code }) => code)
}

function wordingIndex(list: string): WordingIndex {
  const known = indexes.get(list)
  if (known) return known
  const index = new Map<string, string | undefined>()
  const codes = listCodes(list)
  for (const { code } of codes) index.set(wordingOf(code), code)
  for (const row of rowsOf('crosswalk', ['list', 'variant', 'code'])) {
    if (row.list === list && !index.has(wordingOf(row.variant))) index.set(wordingOf(row.variant), row.code)
  }
  addNames(index, codes)
  indexes.set(list, index)
  return index
}

/** Codes and variants win over names; a name that two codes share stands for neither. */
function addNames(index: Map<string, string | undefined>, codes: ReturnType<typeof listCodes>): void {
  const byName = new Map<string, string | undefined>()
  for (const { code, names, withdrawn } of codes) {
    if (withdrawn) continue
    for (const name of Object.values(names)) {
      const wording = wordingOf(name)
      byName.set(wording, byName.has(wording) && byName.get(wording) !== code ? undefined : code)
    }
  }
  for (const [wording, code] of byName) if (!index.has(wording)) index.set(wording, code)
}

function wordingOf(text: string): string {
  return normaliseName(text.replaceAll('_', ' '))
}
