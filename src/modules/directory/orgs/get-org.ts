/** One organisation, by id or by the key of a shipped one. A stranger gets public ones only. */
import { z } from 'zod'
import { Problem } from '../../../kernel/problems.ts'
import { defineQuery } from '../../../operations/index.ts'
import { visibleTo } from '../fields.ts'
import type { Org } from './org.ts'
import { getOrg } from './org-rows.ts'

export const getOrgQuery = defineQuery({
  name: 'directory.get-org',
  permission: 'directory.org.read',
  input: z.object({ org: z.string() }),

  async run({ db, sight }, { org: idOrKey }): Promise<Org> {
    const org = await getOrg(db, idOrKey)
    if (!visibleTo(sight).includes(org.visibility)) throw new Problem('directory.org-missing', { org: idOrKey })
    return org
  },
})
