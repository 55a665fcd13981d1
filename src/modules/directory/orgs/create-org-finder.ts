/** Looks organisations up in memory, for readers of thousands of names: by name in any language, acronym, alias or identifier. */
import type { OrgKey } from './list-org-keys.ts'
import { foldName } from './org.ts'
import { commonMeaning, partsOfName } from './parts-of-name.ts'

/** `keys` as `directory.list-org-keys` gives them. What the directory does not know, or knows twice, has no answer. */
export function createOrgFinder(keys: readonly OrgKey[]): (text: string) => string | undefined {
  const ids = new Map(keys.map(({ folded, orgId }) => [folded, orgId]))
  const known = new Map<string, string | undefined>()
  return (text) => {
    if (!known.has(text)) known.set(text, ids.get(foldName(text)) ?? commonMeaning(partsOfName(text), (part) => ids.get(part)))
    return known.get(text)
  }
}
