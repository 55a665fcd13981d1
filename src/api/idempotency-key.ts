/** The key of the caller's own under which a command may be sent again without being done twice. */
import type { HttpRequest } from '../kernel/http.ts'
import { Problem } from '../kernel/problems.ts'

const LONGEST = 255

/** As it is, or in the quotation marks that the IETF draft asks for. */
export function idempotencyKeyOf(request: Pick<HttpRequest, 'header'>): string | undefined {
  const sent = request.header('idempotency-key')
  if (sent === undefined) return undefined
  const key = /^"(.*)"$/.exec(sent)?.[1] ?? sent
  if (!/^[\x21-\x7e]+$/.test(key) || key.length > LONGEST) {
    throw new Problem('api.idempotency-key-not-accepted', { limit: LONGEST })
  }
  return key
}
