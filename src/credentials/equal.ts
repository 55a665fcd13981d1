/** Comparison whose time tells nothing about where two texts differ. */
import { createHash, timingSafeEqual } from 'node:crypto'

/** Both sides are hashed first, so that the length tells nothing either. */
export function isSameText(one: string, other: string): boolean {
  return timingSafeEqual(createHash('sha256').update(one).digest(), createHash('sha256').update(other).digest())
}
