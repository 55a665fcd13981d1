/** Codes of our vocabulary `urn:sursur:tags:1`: the list, a point, the code of the list; the three of TOSSD stand as they are. */
import { codeName, isCode } from '../../../../codes/index.ts'

/** Lists whose codes the vocabulary holds, and how their names begin there. */
export const TAG_LISTS = {
  agencyRole: 'agency-role',
  supportCategory: 'support-category',
  scale: 'scale',
  demandArea: 'demand-area',
  region: 'region',
} as const
export type TagList = keyof typeof TAG_LISTS

/** `{list: 'scale.regional', name: 'Regional'}`. A wording that is no code stands as written. */
export function tagCode(list: TagList, code: string): { list: string; name: string } {
  const names = list === 'region' ? 'undpRegion' : list
  return { list: `${TAG_LISTS[list]}.${code}`, name: isCode(names, code) ? codeName(names, code, 'en') : code }
}

/** The code within its list; undefined for a tag of another list. */
export function codeOfTag(list: TagList, tag: string): string | undefined {
  const start = `${TAG_LISTS[list]}.`
  return tag.startsWith(start) ? tag.slice(start.length) : undefined
}
