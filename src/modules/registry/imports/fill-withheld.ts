/**
 * What another instance withholds is not denied: rows of partners, flows and results keep what is known of them here beside what the
 * package states. A row is known again by its number where nothing that both state differs, or by what both state.
 */
import { canonicalJson } from '../../../kernel/canonical-json.ts'
import type { InitiativeFacts } from '../initiatives/initiative.ts'

type Row = Readonly<Record<string, unknown>>

/** Numbers of partners: they mean something only within one record. */
const ENDS = ['giver', 'taker']

/** The facts of the package with what is known here of the same rows. Whole fields are the business of `mergeFacts`. */
export function fillWithheld(known: InitiativeFacts, stated: InitiativeFacts): InitiativeFacts {
  const withEnds = stated.partners === undefined
  return {
    ...stated,
    ...filled('partners', false),
    ...filled('contributions', withEnds),
    ...filled('results', withEnds),
  }

  function filled(list: 'partners' | 'contributions' | 'results', takesEnds: boolean): Partial<InitiativeFacts> {
    const rows = stated[list] as readonly Row[] | undefined
    const open = [...((known[list] ?? []) as readonly Row[])]
    if (rows === undefined || open.length === 0) return {}
    const result = rows.map((row) => {
      const at = matchOf(row, open)
      const [match] = at < 0 ? [] : open.splice(at, 1)
      if (!match) return row
      const added = Object.entries(match).filter(([name]) => takesEnds || !ENDS.includes(name))
      return { ...Object.fromEntries(added), ...row }
    })
    return { [list]: result } as Partial<InitiativeFacts>
  }
}

function matchOf(row: Row, open: readonly Row[]): number {
  const sameNumber = open.findIndex((one) => row.no !== undefined && one.no === row.no && agrees(row, one))
  return sameNumber >= 0 ? sameNumber : open.findIndex((one) => agrees(row, one) && shared(row, one).length > 0)
}

function agrees(row: Row, other: Row): boolean {
  return shared(row, other).every((name) => canonicalJson(row[name]) === canonicalJson(other[name]))
}

function shared(row: Row, other: Row): string[] {
  return Object.keys(row).filter((name) => name !== 'no' && !ENDS.includes(name) && other[name] !== undefined)
}
