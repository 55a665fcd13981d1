/** The country or entity of a workspace: what belongs to it, and who holds a role in it. */
import { z } from 'zod'
import { findArea } from '../../../codes/index.ts'
import type { LocalizedText } from '../../../kernel/localized-text.ts'
import { Problem } from '../../../kernel/problems.ts'
import type { QueryContext, RecordScope } from '../../../operations/index.ts'
import { type ListedGrant, listScopeHolders } from '../../access/index.ts'
import { findOrg, orgsInScope } from '../../directory/index.ts'

export const WORKSPACE_KINDS = ['country', 'entity'] as const

export const WorkspaceInput = z.object({
  kind: z.enum(WORKSPACE_KINDS),
  /** ISO 3166-1 alpha-3 of a country, or the id of an organisation. */
  id: z.string().min(1).max(100),
})
export type WorkspaceKey = z.output<typeof WorkspaceInput>

export interface WorkspaceScope extends WorkspaceKey {
  /** Of an organisation. */
  readonly names: LocalizedText | null
  /** Organisations in it: an entity with everything below; the government organisations of a country. */
  readonly orgs: readonly string[]
  readonly countries: readonly string[]
  /** Roles in it that hold now or will. */
  readonly holders: readonly ListedGrant[]
}

/** What the policy is asked. */
export function recordScopeOf({ kind, id }: WorkspaceKey): RecordScope {
  return kind === 'country' ? { orgs: [], countries: [id] } : { orgs: [id], countries: [] }
}

/** Errors: Problem `workspace.scope-missing`. */
export async function workspaceScope(
  { whole }: Pick<QueryContext, 'whole'>,
  { kind, id }: WorkspaceKey,
): Promise<WorkspaceScope> {
  const org = kind === 'entity' ? await findOrg(whole, id) : undefined
  if (kind === 'entity' ? org === undefined : findArea(id)?.iso3 !== id)
    throw new Problem('workspace.scope-missing', { kind, id })
  return {
    kind,
    id,
    names: org?.names ?? null,
    orgs: await orgsInScope(whole, kind, id),
    countries: kind === 'country' ? [id] : [],
    holders: await listScopeHolders(whole, kind, id),
  }
}
