/**
 * The token in a form that shows it came from a page of ours, shown to this very session (against cross-site requests).
 *
 * Bound to the session by HMAC-SHA-256: nothing to store, and worthless with another session. It stays the same for the whole session,
 * so that a form in a second window still goes through.
 */
import { createHmac } from 'node:crypto'
import { isSameText } from './equal.ts'

/** `sessionSecret` is what only the session's owner and we know: the session token or its digest, always the same of the two. */
export function formToken(sessionSecret: string, instanceKey: Uint8Array): string {
  return createHmac('sha256', instanceKey).update('sursur form token\0').update(sessionSecret).digest('base64url')
}

export function sameFormToken(found: string | null | undefined, sessionSecret: string, instanceKey: Uint8Array): boolean {
  return typeof found === 'string' && isSameText(found, formToken(sessionSecret, instanceKey))
}
