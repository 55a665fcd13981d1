/** Compares secrets in a time that tells nothing about them, also not how long they are. */
import { createHash, timingSafeEqual } from 'node:crypto'

export function sameSecret(given: string, secret: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(secret))
}
