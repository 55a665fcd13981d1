/** SQL that the operations on organisations share. Writing is set-based: a form writes one row, a load a hundred. */
import { type Db, type Sql, sql } from '../../../database/db.ts'
import { Problem } from '../../../kernel/problems.ts'
import { type Org, wordingsOf } from './org.ts'

const COLUMNS = sql`
  o.id, o.key, o.names, o.acronyms, o.aliases, o.org_type as "orgType", o.org_subtype as "orgSubtype",
  o.country_code as "countryCode", o.parent_id as "parentId", o.iati_id as "iatiId", o.iati_id_basis as "iatiIdBasis",
  o.other_ids as "otherIds", o.collective, o.member_countries as "memberCountries", o.part_of_un_system as "partOfUnSystem",
  o.due_diligence as "dueDiligence", o.due_diligence_until as "dueDiligenceUntil", o.duplicate_of as "duplicateOf",
  o.owner_org as "ownerOrg", o.visibility, o.provenance, o.version, o.created_at as "createdAt", o.created_by as "createdBy",
  o.updated_at as "updatedAt", o.updated_by as "updatedBy"
`

const RECORD = sql`
  id text, key text, names jsonb, acronyms jsonb, aliases text[], "orgType" text, "orgSubtype" text, "countryCode" text,
  "parentId" text, "iatiId" text, "iatiIdBasis" text, "otherIds" jsonb, collective boolean, "memberCountries" jsonb,
  "partOfUnSystem" boolean, "dueDiligence" text, "dueDiligenceUntil" date, "duplicateOf" text, "ownerOrg" text, visibility text,
  provenance jsonb, version integer, "createdAt" timestamptz, "createdBy" text, "updatedAt" timestamptz, "updatedBy" text,
  "searchText" text, "shippedDigest" text
`

/** An organisation to write, with the digest of its shipped facts where the product ships it. */
export type OrgToWrite = Org & { readonly shippedDigest?: string }

/** `where` names the table `o`. */
export function selectOrgs(db: Db, where: Sql): Promise<Org[]> {
  return db.many<Org>(sql`select ${COLUMNS} from orgs as o where ${where} order by o.id`)
}

/** By id or, for a shipped organisation, by its key. */
export async function findOrg(db: Db, idOrKey: string): Promise<Org | undefined> {
  const [org] = await selectOrgs(db, sql`o.id = ${idOrKey} or o.key = ${idOrKey}`)
  return org
}

/** Throws `directory.org-missing`. */
export async function getOrg(db: Db, idOrKey: string): Promise<Org> {
  const org = await findOrg(db, idOrKey)
  if (!org) throw new Problem('directory.org-missing', { org: idOrKey })
  return org
}

/** The organisations with these ids, for pages that name them; unknown ids have no entry. */
export async function orgsById(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, Org>> {
  const found = ids.length === 0 ? [] : await selectOrgs(db, sql`o.id = any(${ids}::text[])`)
  return new Map(found.map((org) => [org.id, org]))
}

/** The organisation as it is, locked until the transaction ends, so that two revisions wait for one another. */
export async function lockOrg(db: Db, id: string): Promise<Org> {
  await db.maybe(sql`select id from orgs where id = ${id} for update`)
  const [org] = await selectOrgs(db, sql`o.id = ${id}`)
  if (!org) throw new Problem('directory.org-missing', { org: id })
  return org
}

export async function insertOrgs(db: Db, orgs: readonly OrgToWrite[]): Promise<void> {
  await db.run(sql`
    insert into orgs (id, key, names, acronyms, aliases, org_type, org_subtype, country_code, parent_id, iati_id, iati_id_basis,
                      other_ids, collective, member_countries, part_of_un_system, due_diligence, due_diligence_until, duplicate_of,
                      owner_org, visibility, provenance, version, created_at, created_by, updated_at, updated_by, search_text,
                      shipped_digest)
    select r.id, r.key, r.names, r.acronyms, r.aliases, r."orgType", r."orgSubtype", r."countryCode", r."parentId", r."iatiId",
           r."iatiIdBasis", r."otherIds", r.collective, r."memberCountries", r."partOfUnSystem", r."dueDiligence",
           r."dueDiligenceUntil", r."duplicateOf", r."ownerOrg", r.visibility, r.provenance, r.version, r."createdAt",
           r."createdBy", r."updatedAt", r."updatedBy", r."searchText", r."shippedDigest"
    from jsonb_to_recordset(${recordsOf(orgs)}::jsonb) as r(${RECORD})
  `)
  await insertNames(db, orgs)
}

/** Replaces whole records; the caller has checked the version they build on. A digest not given stays as it is. */
export async function updateOrgs(db: Db, orgs: readonly OrgToWrite[]): Promise<void> {
  await db.run(sql`
    update orgs as o
    set names = r.names,
        acronyms = r.acronyms,
        aliases = r.aliases,
        org_type = r."orgType",
        org_subtype = r."orgSubtype",
        country_code = r."countryCode",
        parent_id = r."parentId",
        iati_id = r."iatiId",
        iati_id_basis = r."iatiIdBasis",
        other_ids = r."otherIds",
        collective = r.collective,
        member_countries = r."memberCountries",
        part_of_un_system = r."partOfUnSystem",
        due_diligence = r."dueDiligence",
        due_diligence_until = r."dueDiligenceUntil",
        duplicate_of = r."duplicateOf",
        owner_org = r."ownerOrg",
        visibility = r.visibility,
        provenance = r.provenance,
        version = r.version,
        updated_at = r."updatedAt",
        updated_by = r."updatedBy",
        search_text = r."searchText",
        shipped_digest = coalesce(r."shippedDigest", o.shipped_digest)
    from jsonb_to_recordset(${recordsOf(orgs)}::jsonb) as r(${RECORD})
    where o.id = r.id
  `)
  await db.run(sql`delete from org_names where org_id = any(${orgs.map(({ id }) => id)}::text[])`)
  await insertNames(db, orgs)
}

async function insertNames(db: Db, orgs: readonly OrgToWrite[]): Promise<void> {
  const names = orgs.flatMap((org) => wordingsOf(org.key, org).map((wording) => ({ org: org.id, ...wording })))
  await db.run(sql`
    insert into org_names (org_id, kind, lang, folded)
    select r.org, r.kind, r.lang, r.folded
    from jsonb_to_recordset(${JSON.stringify(names)}::jsonb) as r(org text, kind text, lang text, folded text)
  `)
}

function recordsOf(orgs: readonly OrgToWrite[]): string {
  return JSON.stringify(
    orgs.map((org) => ({
      ...org,
      searchText: wordingsOf(org.key, org)
        .map(({ folded }) => folded)
        .join('\n'),
    })),
  )
}
