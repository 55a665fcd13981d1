/**
 * The second factor: codes that an app shows for 30 seconds (TOTP, RFC 6238), and recovery codes on paper for the day the telephone
 * is lost. SHA-1, six digits and 30 seconds are what every app reads.
 */
import { randomBytes } from 'node:crypto'
import { inBase32, PRINTED_LETTERS, readPrinted, STANDARD_LETTERS } from './base32.ts'
import { digestOf } from './tokens.ts'

const PERIOD_SECONDS = 30
const DIGITS = 6

/** 20 bytes, the length of SHA-1 (RFC 4226 section 4). */
export function newTotpSecret(): string {
  return inBase32(randomBytes(20), STANDARD_LETTERS)
}

/** What an app scans. `issuer` names the installation, `account` the person. */
export function totpUri({ issuer, account, secret }: { issuer: string; account: string; secret: string }): string {
  // A colon parts issuer and account in the label, so neither may hold one.
  const label = [issuer, account].map((part) => encodeURIComponent(part.toWellFormed().replaceAll(':', ' '))).join(':')
  const rest = `secret=${secret}&issuer=${encodeURIComponent(issuer.toWellFormed())}&algorithm=SHA1`
  return `otpauth://totp/${label}?${rest}&digits=${DIGITS}&period=${PERIOD_SECONDS}`
}

export interface TotpAttempt {
  readonly secret: string
  /** As typed; spaces do not matter. */
  readonly code: string
  readonly now: Date
  /** The step of the last code that was accepted. Store the new one in the same transaction: a code is good once. */
  readonly lastStep?: number | null
}

export type TotpAnswer = { readonly ok: true; readonly step: number } | { readonly ok: false }

/** Accepts the code of this step and of one step on either side: clocks of telephones are up to 30 seconds off. */
export async function checkTotp({ secret, code, now, lastStep }: TotpAttempt): Promise<TotpAnswer> {
  const token = readDigits(code)
  if (!/^[0-9]{6}$/.test(token)) return { ok: false }
  // Only read when somebody signs in with a code: 7.5 MB.
  const { verify } = await import('otplib/functional')
  const epoch = Math.floor(now.getTime() / 1000)
  const answer = await verify({
    secret,
    token,
    epoch,
    period: PERIOD_SECONDS,
    digits: DIGITS,
    epochTolerance: PERIOD_SECONDS,
  })
  if (!answer.valid || !('timeStep' in answer)) return { ok: false }
  const step = answer.timeStep
  return lastStep !== undefined && lastStep !== null && step <= lastStep ? { ok: false } : { ok: true, step }
}

/** Digits of Arabic and Persian keyboards count as what they mean. */
function readDigits(typed: string): string {
  return typed
    .normalize('NFKC')
    .replace(/[\s\p{Pd}]/gu, '')
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 15))
}

export interface RecoveryCodes {
  /** Shown once, to be printed: six groups of four. */
  readonly codes: readonly string[]
  /** For the table, in the same order. */
  readonly digests: readonly string[]
}

const RECOVERY_CODES = 10

/** 15 bytes are 120 bits and 24 letters: from 112 bits on SHA-256 is enough to store them (OWASP ASVS 5, 6.5.2). */
const RECOVERY_BYTES = 15

export function newRecoveryCodes(): RecoveryCodes {
  const codes = Array.from({ length: RECOVERY_CODES }, () =>
    inBase32(randomBytes(RECOVERY_BYTES), PRINTED_LETTERS).replace(/(.{4})(?=.)/g, '$1-'),
  )
  return { codes, digests: codes.map((code) => digestOf(readPrinted(code))) }
}

/** The digest to look for, or nothing when what was typed is no recovery code. */
export function recoveryCodeDigest(typed: string): string | undefined {
  const code = readPrinted(typed)
  return /^[0-9a-hjkmnp-tv-z]{24}$/.test(code) ? digestOf(code) : undefined
}
