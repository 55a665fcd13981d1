/**
 * Goals that an original says as sectors (vocabularies 7 and 8). Facts hold all goals in one list and are written as tags, so that a goal
 * which a person took out has to leave the sectors as well, or reading the file would find it again.
 */
import type { InitiativeFacts } from '../../../modules/registry/index.ts'
import { elementsOf, type XmlElement, type XmlNode } from '../element.ts'
import { goalOfSector, readSector, readTag } from '../facts/read-places.ts'

type Goals = NonNullable<InitiativeFacts['goals']>
type Goal = Goals[number]

export interface SectorGoals {
  /** The original without the sectors whose goals are gone, or stand elsewhere in the list now. */
  readonly activity: XmlElement
  /** The facts of the original with the goals that its tags say. */
  readonly before: InitiativeFacts
  /** Those of the record with the goals that its tags have to say. */
  readonly after: InitiativeFacts
}

/** The same objects where no sector of the original says a goal. */
export function splitSectorGoals(activity: XmlElement, before: InitiativeFacts, after: InitiativeFacts): SectorGoals {
  const inSectors = distinct(elementsOf(activity, 'sector').flatMap((one) => goalIn(one) ?? []))
  if (inSectors.length === 0) return { activity, before, after }
  const inTags = new Set(elementsOf(activity, 'tag').flatMap((one) => keyOf(readTag(one).goal) ?? []))
  // Sectors are read before tags: those whose goals begin the list still say it in its order.
  const goals = after.goals ?? []
  const moved = inSectors.findIndex((key, at) => keyOf(goals[at]) !== key)
  const kept = new Set(moved === -1 ? inSectors : inSectors.slice(0, moved))
  const isGone = (child: XmlNode) => typeof child !== 'string' && child.name === 'sector' && isOther(goalIn(child), kept)
  return {
    activity: activity.children.some(isGone)
      ? { ...activity, children: activity.children.filter((child) => !isGone(child)) }
      : activity,
    before: { ...before, goals: before.goals?.filter((goal) => inTags.has(keyOf(goal) ?? '')) },
    // What the goal is for the initiative stands on the tag.
    after: {
      ...after,
      goals: goals.filter((goal) => {
        const key = keyOf(goal) ?? ''
        return !kept.has(key) || inTags.has(key) || goal.contribution !== undefined
      }),
    },
  }
}

function goalIn(element: XmlElement): string | undefined {
  const sector = readSector(element)
  return sector && keyOf(goalOfSector(sector))
}

function isOther(key: string | undefined, kept: ReadonlySet<string>): boolean {
  return key !== undefined && !kept.has(key)
}

function keyOf(goal: Goal | undefined): string | undefined {
  return goal && (goal.target ?? goal.goal)
}

function distinct(keys: readonly string[]): string[] {
  return [...new Set(keys)]
}
