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

/** A stranger sees what is public; accounts will narrow the rest. */
export function visibleTo(actor: { readonly kind: string }): readonly Visibility[] {
  return actor.kind === 'anonymous' ? ['public'] : VISIBILITIES
}
