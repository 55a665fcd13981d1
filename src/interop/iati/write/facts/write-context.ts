/** What the parts of a written activity need to know beyond the facts themselves. */
import type { CooperationType } from '../../../../codes/index.ts'
import { mappedCodes } from '../../../../codes/index.ts'
import type { LocalizedText } from '../../../../kernel/localized-text.ts'

/** An organisation of the directory, as far as a file names it. */
export interface WrittenOrg {
  readonly iatiId?: string | undefined
  readonly name: LocalizedText
  /** Code of the list OrganisationType. */
  readonly orgType?: string | undefined
  readonly iso3?: string | undefined
}

export interface WriteContext {
  /** Whether elements, attributes and tags of our own namespace are written. */
  readonly own: boolean
  /** Language that the activity states for texts that state none. */
  readonly language?: string | undefined
  /**
   * For an activity that has an original: every item has its element, also where the schema wants more than the facts say, so that it
   * can be told from which original it came. What is not valid is set aside afterwards.
   */
  readonly isLoose?: boolean
  readonly orgOf: (orgId: string) => WrittenOrg | undefined
  /** The computed label of the initiative under the default profile. */
  readonly label: CooperationType | undefined
  /** Contact data leave the house only where the person agreed. */
  readonly mayShowContact: boolean
}

const mapped = new Map<string, string | undefined>()

/** The usual counterpart of a code of ours in a list of IATI. */
export function iatiCode(list: string, code: string, scheme: string): string | undefined {
  const key = `${list} ${code} ${scheme}`
  if (!mapped.has(key)) mapped.set(key, mappedCodes(list, code, scheme)[0])
  return mapped.get(key)
}

/** An attribute of ours, where ours are written. */
export function ownAttributes(
  context: WriteContext,
  attributes: Readonly<Record<string, string | number | boolean | undefined>>,
): Readonly<Record<string, string | number | boolean | undefined>> {
  if (!context.own) return {}
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`sur:${name}`, value]))
}
