/** What openid-client reports about a provider, in our words: who can do what about it. */
import { Problem, type ProblemParams } from '../../kernel/problems.ts'

/** The parts of its errors that are read here; they come as `cause` of `cause`. */
interface Reported {
  readonly code?: unknown
  readonly error?: unknown
  readonly name?: unknown
  readonly cause?: unknown
}

/** Answers of the authorization page (RFC 6749 section 4.1.2.1) that say that the person, not the provider, said no. */
const PERSON_SAID_NO: readonly unknown[] = ['access_denied', 'login_required', 'consent_required', 'interaction_required']

const CLIENT_IS_WRONG: readonly unknown[] = ['invalid_client', 'unauthorized_client']

export function problemOf(thrown: unknown, issuer: string): Problem {
  const chain = causesOf(thrown)
  const known = chain.find((cause) => cause instanceof Problem)
  if (known) return known.code.startsWith('outside.open-id-') ? known : problemOfFetch(known, issuer)
  const say = (code: string, params: ProblemParams = {}) => new Problem(code, { issuer, ...params }, { cause: thrown })
  for (const { code, error, name, cause } of chain as Reported[]) {
    if (code === 'OAUTH_AUTHORIZATION_RESPONSE_ERROR') {
      return PERSON_SAID_NO.includes(error)
        ? say('outside.open-id-denied')
        : say('outside.open-id-refused', { found: shortened(error) })
    }
    if (code === 'OAUTH_RESPONSE_BODY_ERROR') {
      if (CLIENT_IS_WRONG.includes(error)) return say('outside.open-id-client-refused')
      return error === 'invalid_grant'
        ? say('outside.open-id-code-refused')
        : say('outside.open-id-refused', { found: shortened(error) })
    }
    if (code === 'OAUTH_WWW_AUTHENTICATE_CHALLENGE') return say('outside.open-id-client-refused')
    if (code === 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED') return say('outside.open-id-expired')
    if (code === 'OAUTH_JWT_CLAIM_COMPARISON_FAILED' && claimOf(cause) !== undefined) return problemOfClaim(cause, say)
    if (code === 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED') return say('outside.open-id-wrong-issuer', { found: issuerIn(cause) })
    if (code === 'OAUTH_KEY_SELECTION_FAILED' || hasKeys(cause, 'signature', 'algorithm'))
      return say('outside.open-id-bad-signature')
    if (name === 'TimeoutError' || code === 'OAUTH_TIMEOUT') return say('outside.open-id-too-slow')
  }
  return say('outside.open-id-answer-unreadable')
}

function problemOfFetch(problem: Problem, issuer: string): Problem {
  const code = problem.code === 'outside.host-too-slow' ? 'outside.open-id-too-slow' : 'outside.open-id-unreachable'
  const { code: reason, params } = problem
  return new Problem(code, { issuer }, { cause: problem, details: [{ code: reason, params }] })
}

function problemOfClaim(cause: unknown, say: (code: string, params?: ProblemParams) => Problem): Problem {
  const claim = claimOf(cause)
  if (claim === 'nonce') return say('outside.open-id-nonce-mismatch')
  if (claim === 'iss') return say('outside.open-id-wrong-issuer', { found: issuerIn(cause) })
  return claim === 'aud' || claim === 'azp' ? say('outside.open-id-not-for-us') : say('outside.open-id-answer-unreadable')
}

function claimOf(cause: unknown): unknown {
  return hasKeys(cause, 'claim') ? (cause as { claim: unknown }).claim : undefined
}

/** The claims of a token, or the body of the discovery document. */
function issuerIn(cause: unknown): string {
  const { claims, body } = (cause ?? {}) as { claims?: { iss?: unknown }; body?: { issuer?: unknown } }
  return shortened(claims?.iss ?? body?.issuer)
}

function hasKeys(value: unknown, ...keys: readonly string[]): boolean {
  return typeof value === 'object' && value !== null && keys.every((key) => key in value)
}

function causesOf(thrown: unknown): unknown[] {
  const chain: unknown[] = []
  for (let next = thrown; next instanceof Error && chain.length < 10; next = next.cause) chain.push(next)
  return chain
}

/** Foreign text: shown, never trusted to be short or on one line. */
function shortened(found: unknown): string {
  return String(found ?? '-')
    .toWellFormed()
    .replace(/\p{Cc}+/gu, ' ')
    .slice(0, 200)
}
