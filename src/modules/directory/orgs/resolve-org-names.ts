/**
 * Finds the organisations that names mean: by name in any language, acronym, alias, key or identifier.
 * An answer is never a silent guess: two that are called the same are ambiguous, and likeness only suggests.
 */
import { z } from 'zod'
import { type Db, sql } from '../../../database/db.ts'
import type { LocalizedText } from '../../../kernel/localized-text.ts'
import { defineQuery } from '../../../operations/index.ts'
import { VISIBILITIES, visibleTo } from '../fields.ts'
import { foldName } from './org.ts'
import { commonMeaning, partsOfName } from './parts-of-name.ts'

export interface NamedOrg {
  readonly id: string
  readonly key: string | null
  readonly names: LocalizedText
  readonly orgType: string
  readonly countryCode: string | null
  readonly iatiId: string | null
}

export type OrgResolution =
  | { readonly name: string; readonly status: 'found'; readonly org: NamedOrg }
  | { readonly name: string; readonly status: 'ambiguous'; readonly candidates: readonly NamedOrg[] }
  | { readonly name: string; readonly status: 'unknown'; readonly suggestions: readonly NamedOrg[] }

const SUGGESTIONS = 3
const NEAREST_WORDINGS = 20
// Distance of trigrams: 0 is equal, 1 shares nothing. Beyond 0.7 suggestions are noise.
const FARTHEST = 0.7
// A file of 5,000 names that are all unknown has the wrong column: the first hundred are enough to see it.
// Measured on 2026-11-25 with 50,000 organisations on the embedded database, 2 cores: 7 to 24 ms a name.
const NAMES_WITH_SUGGESTIONS = 100

export const resolveOrgNames = defineQuery({
  name: 'directory.resolve-org-names',
  permission: 'directory.org.read',
  input: z.object({ names: z.array(z.string().max(1_000)).max(5_000) }),
  run: ({ db, sight }, { names }): Promise<OrgResolution[]> => resolveNames(db, names, visibleTo(sight)),
})

/** One answer per name, in the order asked. A record marked as a duplicate answers with the one that it repeats. */
export async function resolveNames(
  db: Db,
  names: readonly string[],
  visibilities: readonly string[] = VISIBILITIES,
): Promise<OrgResolution[]> {
  const folded = names.map(foldName)
  const distinct = [...new Set(folded)].filter((text) => text !== '')
  const exact = grouped(await exactMatches(db, distinct, visibilities))
  await addNamedTwice(db, names, exact, visibilities)
  const unknown = distinct.filter((text) => !exact.has(text)).slice(0, NAMES_WITH_SUGGESTIONS)
  const alike = grouped(await likeMatches(db, unknown, visibilities))
  return names.map((name, at) => {
    const text = folded[at] ?? ''
    const found = exact.get(text) ?? []
    const [only] = found
    if (only && found.length === 1) return { name, status: 'found', org: only }
    if (found.length > 1) return { name, status: 'ambiguous', candidates: found }
    return { name, status: 'unknown', suggestions: alike.get(text) ?? [] }
  })
}

/** "Name (ACRONYM)" is found when both parts mean the same organisation. */
async function addNamedTwice(
  db: Db,
  names: readonly string[],
  exact: Map<string, NamedOrg[]>,
  visibilities: readonly string[],
): Promise<void> {
  const unknown = names.filter((name) => !exact.has(foldName(name)))
  const parts = new Set(unknown.flatMap(partsOfName))
  if (parts.size === 0) return
  const meant = grouped(await exactMatches(db, [...parts], visibilities))
  const onlyOf = (part: string) => (meant.get(part)?.length === 1 ? meant.get(part)?.[0] : undefined)
  const orgs = new Map([...meant.values()].flat().map((org) => [org.id, org]))
  for (const name of unknown) {
    const org = orgs.get(commonMeaning(partsOfName(name), (part) => onlyOf(part)?.id) ?? '')
    if (org) exact.set(foldName(name), [org])
  }
}

type Match = NamedOrg & { readonly asked: string }

const NAMED_ORG = sql`o.id, o.key, o.names, o.org_type as "orgType", o.country_code as "countryCode", o.iati_id as "iatiId"`

function exactMatches(db: Db, asked: readonly string[], visibilities: readonly string[]): Promise<Match[]> {
  return db.many<Match>(sql`
    with hits as (
      select distinct n.folded as asked, coalesce(named.duplicate_of, named.id) as id
      from org_names as n
      join orgs as named on named.id = n.org_id
      where n.folded = any(${asked}::text[])
    )
    select hits.asked, ${NAMED_ORG}
    from hits
    join orgs as o on o.id = hits.id
    where o.visibility = any(${visibilities}::text[])
    order by hits.asked, o.id
  `)
}

/** Names that look alike (trigrams), the likest first. The index gives the nearest wordings; an organisation has several. */
function likeMatches(db: Db, asked: readonly string[], visibilities: readonly string[]): Promise<Match[]> {
  return db.many<Match>(sql`
    select a.asked, ${NAMED_ORG}
    from unnest(${asked}::text[]) as a(asked)
    cross join lateral (
      select near.org_id, min(near.distance) as distance
      from (
        select n.org_id, n.folded <-> a.asked as distance
        from org_names as n
        order by n.folded <-> a.asked
        limit ${NEAREST_WORDINGS}
      ) as near
      join orgs as seen on seen.id = near.org_id
      where near.distance <= ${FARTHEST}
        and seen.duplicate_of is null
        and seen.visibility = any(${visibilities}::text[])
      group by near.org_id
      order by distance, near.org_id
      limit ${SUGGESTIONS}
    ) as close
    join orgs as o on o.id = close.org_id
    order by a.asked, close.distance, o.id
  `)
}

function grouped(matches: readonly Match[]): Map<string, NamedOrg[]> {
  const byText = new Map<string, NamedOrg[]>()
  for (const { asked, ...org } of matches) {
    const list = byText.get(asked)
    if (list) list.push(org)
    else byText.set(asked, [org])
  }
  return byText
}
