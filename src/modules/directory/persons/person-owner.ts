/** Whose office a record about a person may come to belong to. */
import type { CommandContext } from '../../../operations/index.ts'

/** An affiliation with the own office does not make the record of another office one's own. Errors: `operations.permission-lacking`. */
export async function requireOwnerInScope(context: CommandContext, ownerOrg: string | null): Promise<void> {
  if (ownerOrg === null) return
  await context.requirePermission('directory.person.edit', { orgs: [ownerOrg], countries: [] })
}
