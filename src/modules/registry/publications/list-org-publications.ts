/** What an organisation of the directory, or an identifier that the directory does not know, has published about itself. */
import { z } from 'zod'
import { type Db, type Sql, sql } from '../../../database/db.ts'
import type { Decimal } from '../../../kernel/decimal.ts'
import type { LocalizedText } from '../../../kernel/localized-text.ts'
import { Problem } from '../../../kernel/problems.ts'
import { defineQuery } from '../../../operations/index.ts'
import { visibleTo } from '../../directory/index.ts'
import { dollarsAtRate } from '../flows/flows-of.ts'
import { currentPublications, orgOfIdentifier } from './current-publications.ts'
import type { OrganisationBudget, OrganisationDocument } from './organisation-facts.ts'

export interface OrgPublication {
  readonly id: string
  readonly identifier: string
  readonly name: LocalizedText | null
  /** The organisation of the directory with this identifier; null where it knows none, or several. */
  readonly orgId: string | null
  readonly collection: string
  readonly collectionNames: LocalizedText
  readonly runId: string
  readonly fileName: string
  /** Instant at which the file was read. */
  readonly readAt: string
  /** Instant of the last change as the publisher states it. */
  readonly statedAt: string | null
  /** A later file of the same address or name has the organisation no longer. */
  readonly isWithdrawn: boolean
}

export interface PublishedBudget extends OrganisationBudget {
  readonly publicationId: string
  /** Dollars at the average rate of the year; null where no rate is known. */
  readonly usd: Decimal | null
}

export interface PublishedDocument extends OrganisationDocument {
  readonly publicationId: string
}

export interface OrgPublications {
  readonly publications: readonly OrgPublication[]
  readonly budgets: { readonly total: number; readonly rows: readonly PublishedBudget[] }
  readonly documents: { readonly total: number; readonly rows: readonly PublishedDocument[] }
}

/** One collection has one row that holds; more collections than this hold the same organisation nowhere. */
const LISTED_PUBLICATIONS = 100

export const listOrgPublications = defineQuery({
  name: 'registry.list-org-publications',
  permission: 'registry.initiative.read',
  input: z.object({
    /** An organisation of the directory by its id, or any organisation by the identifier in its file. */
    orgId: z.string().optional(),
    identifier: z.string().max(300).optional(),
    budgetsFrom: z.number().int().min(0).default(0),
    documentsFrom: z.number().int().min(0).default(0),
    limit: z.number().int().min(1).max(500).default(100),
  }),
  async run({ db, whole, sight }, input): Promise<OrgPublications> {
    const { orgId, identifier, budgetsFrom, documentsFrom, limit } = input
    if ((orgId === undefined) === (identifier === undefined)) throw new Problem('registry.publication-not-named')
    const wanted =
      orgId === undefined
        ? sql`p.identifier = ${identifier}`
        : sql`p.identifier_folded in (
            select n.folded
            from org_names as n
            join orgs as o on o.id = n.org_id
            where n.kind = 'identifier'
              and (o.id = ${orgId} or o.duplicate_of = ${orgId})
              and o.visibility = any(${[...visibleTo(sight)]}::text[])
          )`
    const current = currentPublications(sight, wanted)
    const rows = await db.many<
      Omit<OrgPublication, 'fileName' | 'readAt'> & { blockId: string; budgets: number; documents: number }
    >(sql`
      select p.id, p.identifier, p.facts -> 'name' as name, known.id as "orgId", p.collection, p.collection_names as "collectionNames", p.run_id as "runId",
             p.block_id as "blockId", p.stated_at as "statedAt", p.withdrawn_by is not null as "isWithdrawn",
             coalesce(jsonb_array_length(p.facts -> 'budgets'), 0) as budgets,
             coalesce(jsonb_array_length(p.facts -> 'documents'), 0) as documents
      from (${current}) as p
      left join lateral (${orgOfIdentifier(sight)}) as known on true
      order by p.collection, p.identifier
      limit ${LISTED_PUBLICATIONS}
    `)
    // Runs and blocks are nobody's but the program's: of those the name of the file and the day come out.
    const files = await whole.many<{ blockId: string; fileName: string; readAt: string }>(sql`
      select b.id as "blockId", b.file_name as "fileName", r.started_at as "readAt"
      from source_blocks as b
      join import_runs as r on r.id = b.run_id
      where b.id = any(${rows.map(({ blockId }) => blockId)}::text[])
    `)
    const fileOf = new Map(files.map((file) => [file.blockId, file]))
    const sum = (part: 'budgets' | 'documents') => rows.reduce((total, row) => total + row[part], 0)
    const budgets = await partsOf<OrganisationBudget>(db, current, 'budgets', { limit, from: budgetsFrom })
    return {
      publications: rows.map(({ blockId, budgets: _budgets, documents: _documents, ...row }) => ({
        ...row,
        fileName: fileOf.get(blockId)?.fileName ?? '',
        readAt: fileOf.get(blockId)?.readAt ?? '',
      })),
      budgets: { total: sum('budgets'), rows: budgets.map((row) => ({ ...row, usd: dollarsOfBudget(row) })) },
      documents: {
        total: sum('documents'),
        rows: await partsOf<OrganisationDocument>(db, current, 'documents', { limit, from: documentsFrom }),
      },
    }
  },
})

/** In the order of the file. */
async function partsOf<Part extends OrganisationBudget | OrganisationDocument>(
  db: Db,
  current: Sql,
  part: 'budgets' | 'documents',
  { limit, from }: { readonly limit: number; readonly from: number },
): Promise<(Part & { readonly publicationId: string })[]> {
  const rows = await db.many<{ publicationId: string; value: Part }>(sql`
    select p.id as "publicationId", one.value
    from (${current}) as p
    cross join lateral jsonb_array_elements(p.facts -> ${part}) with ordinality as one(value, place)
    order by p.collection, p.identifier, one.place
    limit ${limit} offset ${from}
  `)
  return rows.map(({ publicationId, value }) => ({ ...value, publicationId }))
}

function dollarsOfBudget({ money, period }: OrganisationBudget): Decimal | null {
  return (money && dollarsAtRate(money, period)) ?? null
}
