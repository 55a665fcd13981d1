/** What a page needs to name codes and records: the collections, and the organisations that it shows. */
import { textFor } from '../../../kernel/localized-text.ts'
import { Problem } from '../../../kernel/problems.ts'
import { getOrgQuery } from '../../../modules/directory/index.ts'
import { type Collection, listCollectionsQuery } from '../../../modules/registry/index.ts'
import type { PageRequest } from '../../site.tsx'
import { type ValueNames, valueNames } from './value-names.ts'

export interface Naming {
  readonly collections: readonly Collection[]
  readonly orgs: ReadonlyMap<string, string>
  readonly names: ValueNames
}

export async function namingOf(request: PageRequest, orgIds: readonly string[] = []): Promise<Naming> {
  const collections = await request.context.operations.run(listCollectionsQuery, {}, request.actor)
  const orgs = await orgNames(request, orgIds)
  return { collections, orgs, names: valueNames(request.t, collections, orgs) }
}

/** Names by id. An organisation that is gone or not open to the reader has none. */
export async function orgNames(request: PageRequest, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>()
  for (const id of new Set(ids)) {
    const name = await orgName(request, id)
    if (name !== undefined) names.set(id, name)
  }
  return names
}

async function orgName({ context, actor, t }: PageRequest, id: string): Promise<string | undefined> {
  try {
    const org = await context.operations.run(getOrgQuery, { org: id }, actor)
    return textFor(org.names, t.lang)?.text
  } catch (error) {
    if (error instanceof Problem && error.kind === 'missing') return undefined
    throw error
  }
}
