/**
 * Which new passwords are accepted: 12 to 128 characters of any kind, pasted or typed, without rules of composition
 * (OWASP ASVS 5 V6.2, NIST SP 800-63B), unless one of the first guesses would be right.
 */
import type { ProblemReport } from '../kernel/problems.ts'
import { countGuesses } from './guessable-parts.ts'

/** In characters as a person counts them, roughly: code points after normalising. */
export const PASSWORD_LENGTH = { least: 12, most: 128 } as const

/**
 * A password is read as the fewest parts that a guesser would put together; a part is a known word, a run on the keyboard, a
 * repetition, a year, or one free character. Six parts or fewer fall within days to a patient attacker who has the hash.
 */
const FEWEST_PARTS = 7

/** One password may be typed on keyboards that compose letters differently; all spellings are the same password. */
export function normalisePassword(password: string): string {
  return password.normalize('NFKC')
}

/**
 * What is wrong with a new password, or nothing. `context` are the words that everybody who knows the account tries first: e-mail,
 * name, organisation, name of the installation.
 */
export function passwordProblem(password: string, context: readonly string[] = []): ProblemReport | undefined {
  const { least, most } = PASSWORD_LENGTH
  if (password.length > most * 4) return problem('credentials.password-too-long', { most, found: password.length })
  const found = [...normalisePassword(password)].length
  if (found < least) return problem('credentials.password-too-short', { least, found })
  if (found > most) return problem('credentials.password-too-long', { most, found })
  const text = normalisePassword(password)
  if (countGuesses(text, []) < FEWEST_PARTS) return problem('credentials.password-too-common', {})
  if (countGuesses(text, context) < FEWEST_PARTS) return problem('credentials.password-too-personal', {})
  return undefined
}

function problem(code: string, params: ProblemReport['params']): ProblemReport {
  return { code, params, place: { field: 'password' } }
}
