/** What may be stated about a focal point, and the checks that need the directory. */
import { z } from 'zod'
import { findArea } from '../../../codes/index.ts'
import { type Db, sql } from '../../../database/db.ts'
import { isPartialDate } from '../../../kernel/partial-date.ts'
import { Problem } from '../../../kernel/problems.ts'
import type { Sight } from '../../../operations/index.ts'
import { findOrg, LocalizedTextSchema, seenPersons } from '../../directory/index.ts'
import { FOCAL_POINT_SCOPES, type FocalPoint, type FocalPointFacts, MECHANISM_TYPES } from './focal-point.ts'

const MechanismSchema = z.object({ names: LocalizedTextSchema, type: z.enum(MECHANISM_TYPES) })

/** What can be revised later; whom it is for and who is named stay. */
export const RevisableFields = z.object({
  mechanism: MechanismSchema.nullable(),
  backupId: z.string().nullable(),
  isMain: z.boolean(),
  languages: z.array(z.string().refine(isLanguageTag, 'en, fr, sw')).max(20),
  from: z.string().refine(isPartialDate, 'YYYY, YYYY-MM, YYYY-MM-DD').nullable(),
  /** Letter, note, meeting, with its date or number. */
  source: z.string().trim().min(1).max(500),
})

export const Subject = z.object({
  scope: z.enum(FOCAL_POINT_SCOPES),
  /** Country code: alpha-3, alpha-2 or M49. */
  countryCode: z.string().nullable().default(null),
  /** Organisation by id or key. */
  orgId: z.string().nullable().default(null),
})
export type SubjectInput = z.output<typeof Subject>

function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag)[0] === tag
  } catch {
    return false
  }
}

/** Country as alpha-3, organisation by the id of the kept record. Errors: the Problems of `coordination` about country and office. */
export async function checkedSubject(db: Db, { scope, countryCode, orgId }: SubjectInput): Promise<SubjectInput> {
  const country = countryOf(scope, countryCode)
  if (scope === 'country') {
    if (orgId !== null) throw problemAt('orgId', 'org-not-for-country')
    return { scope, countryCode: country, orgId: null }
  }
  if (orgId === null) {
    if (scope !== 'unct') throw problemAt('orgId', 'org-needed')
    return { scope, countryCode: country, orgId: null }
  }
  const stated = await findOrg(db, orgId)
  const org = stated?.duplicateOf ? await findOrg(db, stated.duplicateOf) : stated
  if (!org) throw new Problem('directory.org-missing', { org: orgId }, { place: { field: 'orgId' } })
  // Whoever keeps the record of a team is an office of the United Nations in that very country.
  if (scope === 'unct' && !(org.partOfUnSystem && org.countryCode === country)) throw problemAt('orgId', 'office-not-in-country')
  return { scope, countryCode: country, orgId: org.id }
}

function countryOf(scope: SubjectInput['scope'], code: string | null): string | null {
  if (scope === 'org') {
    if (code !== null) throw problemAt('countryCode', 'country-not-for-org')
    return null
  }
  if (code === null) throw problemAt('countryCode', 'country-needed')
  const area = findArea(code)
  if (!area) throw new Problem('coordination.country-unknown', { found: code }, { place: { field: 'countryCode' } })
  return area.iso3
}

export function problemAt(field: string, name: string): Problem {
  return new Problem(`coordination.${name}`, {}, { place: { field } })
}

/**
 * The people of a focal point must be seen by whoever names them, and be there still. Errors: Problems `directory.person-missing`,
 * `coordination.person-erased`, `coordination.backup-is-the-person`.
 */
export async function requirePeople(
  db: Db,
  sight: Pick<Sight, 'rows'>,
  { personId, backupId }: Pick<FocalPointFacts, 'personId' | 'backupId'>,
  asked: readonly ('personId' | 'backupId')[],
): Promise<void> {
  if (personId === backupId) throw problemAt('backupId', 'backup-is-the-person')
  const stated = { personId, backupId }
  const seen = await seenPersons(
    db,
    sight,
    [personId, backupId].flatMap((id) => id ?? []),
  )
  for (const field of asked) {
    const id = stated[field]
    if (id === null) continue
    const person = seen.get(id)
    if (!person) throw new Problem('directory.person-missing', { person: id }, { place: { field } })
    if (person.name === null) throw problemAt(field, 'person-erased')
  }
}

/** Errors: Problems `coordination.main-already-named` and `coordination.already-named`. The database holds to the first as well. */
export async function requireFree(db: Db, one: Omit<FocalPoint, 'id'> & { readonly id: string | null }): Promise<void> {
  const org = one.scope === 'org' || one.scope === 'un_country_office' ? one.orgId : null
  const standing = await db.many<{ id: string; isMain: boolean; personId: string }>(sql`
    select id, is_main as "isMain", person_id as "personId"
    from focal_points
    where scope = ${one.scope}
      and ended_at is null
      and country_code is not distinct from ${one.countryCode}
      and (${org}::text is null or org_id = ${org})
      and id is distinct from ${one.id}
    order by id
  `)
  const same = standing.find(({ personId }) => personId === one.personId)
  if (same) throw new Problem('coordination.already-named', { focalPoint: same.id }, { place: { field: 'personId' } })
  const main = standing.find(({ isMain }) => isMain)
  if (one.isMain && main) {
    throw new Problem('coordination.main-already-named', { focalPoint: main.id }, { place: { field: 'isMain' } })
  }
}
