/** Who the provider says the person is. Issuer and subject together are the identity; everything else may change. */
import { Problem } from '../../kernel/problems.ts'
import { isMailAddress } from '../mail/message.ts'

export interface OpenIdIdentity {
  readonly issuer: string
  /** Never given to another person by the same issuer (OpenID Connect Core, section 2). An e-mail address may be. */
  readonly subject: string
  readonly email?: string
  /** True only when the provider says so in so many words. */
  readonly emailVerified: boolean
  readonly name?: string
  /** How the person was authenticated there, for example with a second factor: `acr` a level, `amr` the means. */
  readonly acr?: string
  readonly amr?: readonly string[]
}

const LONGEST_NAME = 200
const LONGEST_SUBJECT = 255

export function readIdentity(
  claims: Readonly<Record<string, unknown>> & { readonly iss: string; readonly sub: string },
): OpenIdIdentity {
  const { iss, sub, email, email_verified: verified, name, acr, amr } = claims
  if (sub.length > LONGEST_SUBJECT || !/^[\x21-\x7e]+$/.test(sub)) {
    throw new Problem('outside.open-id-answer-unreadable', { issuer: iss })
  }
  const means = Array.isArray(amr) ? amr.filter((value): value is string => typeof value === 'string').slice(0, 20) : []
  return {
    issuer: iss,
    subject: sub,
    ...(typeof email === 'string' && isMailAddress(email) ? { email } : {}),
    emailVerified: verified === true,
    ...(typeof name === 'string' && oneLine(name) !== '' ? { name: oneLine(name) } : {}),
    ...(typeof acr === 'string' ? { acr: acr.slice(0, LONGEST_NAME) } : {}),
    ...(means.length > 0 ? { amr: means } : {}),
  }
}

/** For the first sign-in, when an account is looked up by its e-mail: an address that nobody checked would open anybody's account. */
export function verifiedEmailOf({ email, emailVerified }: OpenIdIdentity): string | undefined {
  return emailVerified ? email : undefined
}

function oneLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .trim()
    .slice(0, LONGEST_NAME)
}
