/** Input shapes that several records share, here and in the modules to the right. */
import { z } from 'zod'

/** A text of a record: it must exist at least in its original language. */
export const LocalizedTextSchema = z
  .object({
    orig: z.string().min(2).max(35),
    texts: z.record(z.string().min(2).max(35), z.string().trim().max(20_000)),
    state: z.record(z.string(), z.enum(['original', 'human', 'machine', 'stale'])).optional(),
  })
  .refine(({ orig, texts }) => (texts[orig] ?? '') !== '', { path: ['texts'], message: 'texts[orig]' })

export const VISIBILITIES = ['public', 'network', 'group', 'private'] as const
export type Visibility = (typeof VISIBILITIES)[number]

/** How a record came in (domain section 5). `computed` and `suggested` never occur in these modules. */
export interface Provenance {
  readonly origin: 'entered' | 'imported'
  readonly actor: string
  readonly at: string
  readonly sources: readonly string[]
}

/** What every record carries beside its facts. */
export interface Base {
  readonly version: number
  readonly createdAt: string
  readonly createdBy: string
  readonly updatedAt: string
  readonly updatedBy: string
  readonly provenance: Provenance
}

/** What somebody sees of records without an owner of their own: a stranger the public ones, members those of the network too. */
export function visibleTo({ rows }: { readonly rows: { readonly sees: 'all' | 'network' | 'public' } }): readonly Visibility[] {
  if (rows.sees === 'all') return VISIBILITIES
  return rows.sees === 'network' ? ['public', 'network'] : ['public']
}
