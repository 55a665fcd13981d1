/** What a person may state about an organisation, and the checks that need the directory itself. */
import { z } from 'zod'
import { findArea } from '../../../codes/index.ts'
import { type Db, sql } from '../../../database/db.ts'
import { isPartialDate } from '../../../kernel/partial-date.ts'
import { Problem } from '../../../kernel/problems.ts'
import { LocalizedTextSchema, VISIBILITIES } from '../fields.ts'
import { DUE_DILIGENCE, ORG_SUBTYPES, ORG_TYPES, type OrgFacts } from './org.ts'

const Name = z.string().trim().min(1).max(500)
const PartialDateSchema = z.string().refine(isPartialDate, 'YYYY, YYYY-MM, YYYY-MM-DD')

// The standard forbids white space and the four signs that addresses and queries use.
const OrgIdentifier = z
  .string()
  .trim()
  .regex(/^[^\s/&|?]{3,100}$/, { error: 'XM-DAC-41114' })

/** The fields without their defaults, so that a revision can name only some of them. */
export const OrgFields = z.object({
  names: LocalizedTextSchema,
  acronyms: z.record(z.string().min(2).max(35), z.string().trim().min(1).max(60)),
  aliases: z.array(Name).max(50),
  orgType: z.enum(ORG_TYPES),
  orgSubtype: z.enum(ORG_SUBTYPES).nullable(),
  countryCode: z.string().nullable(),
  parentId: z.string().nullable(),
  iatiId: OrgIdentifier.nullable(),
  otherIds: z.array(z.object({ scheme: z.string().trim().min(1).max(60), id: z.string().trim().min(1).max(100) })).max(50),
  collective: z.boolean(),
  memberCountries: z
    .array(z.object({ country: z.string(), from: PartialDateSchema.optional(), to: PartialDateSchema.optional() }))
    .max(300),
  partOfUnSystem: z.boolean(),
  dueDiligence: z.enum(DUE_DILIGENCE),
  dueDiligenceUntil: z.iso.date().nullable(),
  ownerOrg: z.string().nullable(),
  visibility: z.enum(VISIBILITIES),
})

/** What a new organisation has when nothing is said. */
export const NOTHING_STATED = {
  acronyms: {},
  aliases: [],
  orgSubtype: null,
  countryCode: null,
  parentId: null,
  iatiId: null,
  iatiIdBasis: null,
  otherIds: [],
  collective: false,
  memberCountries: [],
  partOfUnSystem: false,
  dueDiligence: 'none',
  dueDiligenceUntil: null,
  duplicateOf: null,
  ownerOrg: null,
  visibility: 'public',
} as const satisfies Omit<OrgFacts, 'names' | 'orgType'>

/** Checks the facts and writes country codes as alpha-3. Throws the Problem that a person can act on. */
export async function checkedFacts(db: Db, id: string, facts: OrgFacts): Promise<OrgFacts> {
  if (facts.memberCountries.length > 0 && !facts.collective) {
    throw new Problem('directory.members-need-collective', {}, { place: { field: 'collective' } })
  }
  if (facts.dueDiligenceUntil !== null && facts.dueDiligence !== 'cleared') {
    const found = facts.dueDiligenceUntil
    throw new Problem('directory.clearance-day-without-clearance', { found }, { place: { field: 'dueDiligenceUntil' } })
  }
  await requireFreeIdentifier(db, id, facts.iatiId)
  await requireParent(db, id, facts.parentId)
  if (facts.ownerOrg !== null) await requireOrg(db, 'ownerOrg', facts.ownerOrg)
  return {
    ...facts,
    countryCode: facts.countryCode === null ? null : alpha3('countryCode', facts.countryCode),
    memberCountries: facts.memberCountries.map((member) => ({ ...member, country: alpha3('memberCountries', member.country) })),
  }
}

function alpha3(field: string, code: string): string {
  const area = findArea(code)
  if (!area) throw new Problem('directory.country-unknown', { field, found: code }, { place: { field } })
  return area.iso3
}

export async function requireFreeIdentifier(db: Db, id: string, iatiId: string | null): Promise<void> {
  if (iatiId === null) return
  const holder = await db.maybe<{ id: string }>(sql`
    select id
    from orgs
    where lower(iati_id) = lower(${iatiId}) and duplicate_of is null and id <> ${id}
  `)
  if (!holder) return
  throw new Problem('directory.identifier-taken', { identifier: iatiId, org: holder.id }, { place: { field: 'iatiId' } })
}

/** The parent exists and is neither the organisation itself nor one of its own parts. */
async function requireParent(db: Db, id: string, parentId: string | null): Promise<void> {
  if (parentId === null) return
  await requireOrg(db, 'parentId', parentId)
  const loop = await db.maybe(sql`
    with recursive above as (
      select o.id, o.parent_id from orgs as o where o.id = ${parentId}
      union
      select o.id, o.parent_id from orgs as o join above on o.id = above.parent_id
    )
    select id from above where id = ${id}
  `)
  if (loop || parentId === id)
    throw new Problem('directory.parent-is-below', { parent: parentId }, { place: { field: 'parentId' } })
}

async function requireOrg(db: Db, field: string, id: string): Promise<void> {
  const org = await db.maybe(sql`select id from orgs where id = ${id}`)
  if (!org) throw new Problem('directory.org-missing', { org: id }, { place: { field } })
}
