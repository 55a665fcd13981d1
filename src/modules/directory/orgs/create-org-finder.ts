/** Looks organisations up in memory, for readers of thousands of names: by name in any language, acronym, alias or identifier. */
import { ownText } from '../../../kernel/own-text.ts'
import type { OrgKey } from './list-org-keys.ts'
import { foldName } from './org.ts'
import { commonMeaning, partsOfName } from './parts-of-name.ts'

/** `keys` as `directory.list-org-keys` gives them. What the directory does not know, or knows twice, has no answer. */
export function createOrgFinder(keys: readonly OrgKey[]): (text: string) => string | undefined {
  const ids = new Map(keys.map(({ folded, orgId }) => [folded, orgId]))
  const known = new Map<string, string | null>()
  return (text) => {
    const remembered = known.get(text)
    if (remembered !== undefined) return remembered ?? undefined
    const orgId = ids.get(foldName(text)) ?? commonMeaning(partsOfName(text), (part) => ids.get(part))
    if (text.length <= LONGEST_REMEMBERED) {
      if (known.size >= MOST_REMEMBERED) known.clear()
      known.set(ownText(text), orgId ?? null)
    }
    return orgId
  }
}

/** The names of a file repeat themselves; those of a million activities need not all be held. */
const MOST_REMEMBERED = 10_000
const LONGEST_REMEMBERED = 200
