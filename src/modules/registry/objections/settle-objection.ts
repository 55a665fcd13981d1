/** The country that objected ends the matter, takes the objection back, or says why the answer does not settle it. */
import { z } from 'zod'
import { Problem } from '../../../kernel/problems.ts'
import { defineCommand } from '../../../operations/index.ts'
import { getObjectionForChange, getObjectionRow, movesOfCountry, type Objection, saveObjection } from './objection.ts'

const ACTIONS = { closed: 'closed', withdrawn: 'withdrawn', open: 'reopened' } as const

export const settleObjection = defineCommand({
  name: 'registry.settle-objection',
  permission: 'registry.initiative.object',
  async scope({ db }, { id }) {
    const { country } = await getObjectionRow(db, id)
    return { orgs: [], countries: [country] }
  },
  input: z.object({
    id: z.string(),
    version: z.number().int().positive(),
    to: z.enum(['closed', 'withdrawn', 'open']),
    /** Needed to open it again. */
    remark: z.string().trim().max(2_000).optional(),
  }),
  async run(context, { id, version, to, remark }): Promise<Objection> {
    const before = await getObjectionForChange(context.db, id, version)
    const accepted = movesOfCountry(before.state)
    if (!accepted.includes(to)) {
      throw new Problem('objections.move-not-allowed', { from: before.state, to, accepted: accepted.join(', ') || '–' })
    }
    if (to === 'open' && !remark) throw new Problem('objections.remark-required', {}, { place: { field: 'remark' } })
    return saveObjection(context, before, { state: to, remark: remark || before.remark }, ACTIONS[to])
  },
})
