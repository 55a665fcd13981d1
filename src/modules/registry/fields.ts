/** Input shapes that several records of the registry share. */
import { z } from 'zod'
import { isPartialDate } from '../../kernel/partial-date.ts'

export const PartialDateSchema = z.string().refine(isPartialDate, 'YYYY, YYYY-MM, YYYY-MM-DD')

export const PeriodSchema = z
  .object({ start: PartialDateSchema.optional(), end: PartialDateSchema.optional() })
  .refine(({ start, end }) => start === undefined || end === undefined || start.slice(0, end.length) <= end, 'start <= end')

export const LocalizedTextSchema = z.object({
  orig: z.string().min(2).max(35),
  texts: z.record(z.string(), z.string().max(20_000)),
  state: z.record(z.string(), z.enum(['original', 'human', 'machine', 'stale'])).optional(),
})
