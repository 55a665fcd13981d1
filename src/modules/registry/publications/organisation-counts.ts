/** What became of the organisations that a file describes; activities are counted apart. */
import { z } from 'zod'

const Count = z.number().int().nonnegative()

export const OrganisationCountsSchema = z.object({
  read: Count,
  created: Count,
  changed: Count,
  unchanged: Count,
  rejected: Count,
})
export type OrganisationCounts = z.output<typeof OrganisationCountsSchema>
