/** Titles of initiatives by id, as the reader may see them; what may not be seen is left out. */
import { z } from 'zod'
import { sql } from '../../../database/db.ts'
import type { LocalizedText } from '../../../kernel/localized-text.ts'
import { defineQuery } from '../../../operations/index.ts'

export interface NamedInitiative {
  readonly id: string
  readonly identifier: string | null
  readonly title: LocalizedText | null
}

export const nameInitiatives = defineQuery({
  name: 'registry.name-initiatives',
  permission: 'registry.initiative.read',
  input: z.object({ ids: z.array(z.string().max(100)).max(500) }),
  run: ({ db, sight }, { ids }): Promise<NamedInitiative[]> =>
    db.many<NamedInitiative>(sql`
      select distinct on (l.initiative_id) l.initiative_id as id, l.identifier, l.title
      from listings as l
      where l.initiative_id = any(${ids}::text[]) and ${sight.visible('listings', 'l')}
      order by l.initiative_id, l.id
    `),
})
