/** What may be stated about a person, and the checks that need the directory itself. */
import { z } from 'zod'
import { findArea } from '../../../codes/index.ts'
import { type Db, sql } from '../../../database/db.ts'
import { firstDayOf, isPartialDate, lastDayOf } from '../../../kernel/partial-date.ts'
import { Problem } from '../../../kernel/problems.ts'
import { VISIBILITIES } from '../fields.ts'
import type { Affiliation, Contact, PersonFacts } from './person.ts'

/** One line: a name or a title with a line break could forge a line of a mail or a file. */
const Line = z
  .string()
  .trim()
  .min(1)
  .max(300)
  .regex(/^[^\p{Cc}\u2028\u2029]*$/u)

const PartialDateSchema = z.string().refine(isPartialDate, 'YYYY, YYYY-MM, YYYY-MM-DD')

const AffiliationSchema = z.object({
  orgId: z.string(),
  title: Line.nullable().default(null),
  from: PartialDateSchema.nullable().default(null),
  to: PartialDateSchema.nullable().default(null),
})

/** `null` removes what is kept; a kind that is not named stays as it is. */
const ContactSchema = z.object({
  email: z
    .string()
    .trim()
    .max(254)
    .regex(/^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+$/u, 'name@example.org')
    .nullable(),
  phone: z
    .string()
    .trim()
    .max(60)
    .regex(/^[\p{Nd}+()./\s-]{3,}$/u, '+254 20 123456')
    .nullable(),
  address: z.string().trim().min(1).max(1_000).nullable(),
  web: z
    .string()
    .trim()
    .max(500)
    .regex(/^https?:\/\/[^\s\p{Cc}]+$/u, 'https://example.org')
    .nullable(),
})

export const PersonFields = z.object({
  name: Line,
  otherNames: z.array(Line).max(20),
  affiliations: z.array(AffiliationSchema).max(30),
  languages: z.array(z.string().refine(isLanguageTag, 'en, fr, sw')).max(30),
  countryCode: z.string().nullable(),
  contact: ContactSchema.partial(),
  ownerOrg: z.string().nullable(),
  visibility: z.enum(VISIBILITIES),
})

function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag)[0] === tag
  } catch {
    return false
  }
}

/** Checks the facts, writes the country as alpha-3, and lets organisations that were merged count as the kept one. */
export async function checkedPerson(db: Db, facts: PersonFacts): Promise<PersonFacts> {
  const kept = await keptOrgs(db, [...facts.affiliations.map(({ orgId }) => orgId), ...(facts.ownerOrg ? [facts.ownerOrg] : [])])
  const affiliations = facts.affiliations.map((one, index) => checkedAffiliation(one, index, kept))
  const ownerOrg = facts.ownerOrg === null ? null : keptOrg(kept, facts.ownerOrg, 'ownerOrg')
  return { ...facts, affiliations, ownerOrg, countryCode: alpha3(facts.countryCode) }
}

function checkedAffiliation(one: Affiliation, index: number, kept: ReadonlyMap<string, string>): Affiliation {
  const { from, to } = one
  if (from !== null && to !== null && firstDayOf(from) > lastDayOf(to)) {
    throw new Problem('directory.affiliation-ends-before', { from, to }, { place: { field: `affiliations.${index}.to` } })
  }
  return { ...one, orgId: keptOrg(kept, one.orgId, `affiliations.${index}.orgId`) }
}

function keptOrg(kept: ReadonlyMap<string, string>, id: string, field: string): string {
  const found = kept.get(id)
  if (found === undefined) throw new Problem('directory.org-missing', { org: id }, { place: { field } })
  return found
}

async function keptOrgs(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await db.many<{ asked: string; id: string }>(sql`
    select a.asked, coalesce(o.duplicate_of, o.id) as id
    from unnest(${[...new Set(ids)]}::text[]) as a(asked)
    join orgs as o on o.id = a.asked or o.key = a.asked
    order by a.asked
  `)
  return new Map(rows.map(({ asked, id }) => [asked, id]))
}

function alpha3(code: string | null): string | null {
  if (code === null) return null
  const area = findArea(code)
  if (!area)
    throw new Problem('directory.country-unknown', { field: 'countryCode', found: code }, { place: { field: 'countryCode' } })
  return area.iso3
}

/** What is kept, with what was named laid over it. */
export function mergedContact(kept: Contact, named: z.output<typeof PersonFields>['contact']): Contact {
  const merged = { ...kept, ...named }
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null && value !== undefined))
}
