/** An account: who may sign in. The words that its operations share. */
import { z } from 'zod'
import { type Db, type Sql, sql } from '../../../database/db.ts'
import type { RecordRef } from '../../../kernel/ids.ts'
import { OFFICIAL_LANGUAGES } from '../../../kernel/languages.ts'
import { Problem } from '../../../kernel/problems.ts'
import type { Grant } from '../../../operations/index.ts'
import type { ListedGrant } from '../grants/grant.ts'

export type AccountLanguage = (typeof OFFICIAL_LANGUAGES)[number]

export const USER_STATES = ['invited', 'active', 'suspended', 'deleted'] as const
export type UserState = (typeof USER_STATES)[number]

export interface User {
  readonly id: string
  /** Null once the account is deleted. */
  readonly email: string | null
  /** Empty once the account is deleted. */
  readonly name: string
  readonly lang: AccountLanguage
  readonly timezone: string
  readonly personId: string | null
  readonly state: UserState
  readonly version: number
  readonly createdAt: string
  readonly signedInAt: string | null
}

/** What the person sees of the own account. */
export interface OwnAccount extends User {
  readonly hasPassword: boolean
  readonly hasSecondFactor: boolean
  readonly recoveryCodesLeft: number
  /** Providers by which the person signs in. */
  readonly providers: readonly string[]
  readonly grants: readonly Grant[]
  /** The same with their time, and with the name of whoever lent them. */
  readonly roles: readonly ListedGrant[]
}

/** A record whose newest version is somebody's and which was not published yet. */
export interface OpenWork {
  readonly module: string
  readonly aggregate: string
  readonly id: string
  readonly state: string
}

/** RFC 5321 allows 254 characters. Nothing that could end a header or name a second recipient. */
const SHAPE_OF_ADDRESS = /^[^\s@<>()[\],;:"\\\p{C}]+@[^\s@<>()[\],;:"\\\p{C}]+\.[^\s@<>()[\],;:"\\\p{C}.]+$/u

export const EmailAddress = z
  .string()
  .transform((text) => text.trim().normalize('NFC').toLowerCase())
  .pipe(z.string().refine((text) => text.length <= 254 && SHAPE_OF_ADDRESS.test(text), 'name@example.org'))

/** One line, as others see it. */
export const PersonName = z
  .string()
  .transform((text) => text.normalize('NFC').replace(/\s+/gu, ' ').trim())
  .pipe(z.string().refine((text) => /^\P{C}{1,120}$/u.test(text), '1–120'))

export const AccountLang = z.enum(OFFICIAL_LANGUAGES)

/** IANA, as the runtime knows it. */
export const TimeZone = z.string().max(64).refine(isTimeZone, 'Africa/Nairobi')

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

export function userRef(id: string): RecordRef {
  return { module: 'access', aggregate: 'users', id }
}

export const USER_COLUMNS: Sql = sql`
  u.id, u.email, u.name, u.lang, u.timezone, u.person_id as "personId", u.state, u.version,
  u.created_at as "createdAt", u.signed_in_at as "signedInAt"
`

export async function getUserRow(db: Db, id: string): Promise<User> {
  const user = await db.maybe<User>(sql`select ${USER_COLUMNS} from users as u where u.id = ${id}`)
  if (!user) throw new Problem('access.account-missing', { id })
  return user
}

/** What the trail keeps of an account: nothing that says who the person is. */
export function traceOf({ lang, timezone, personId, state }: User): Readonly<Record<string, unknown>> {
  return { lang, timezone, personId, state }
}
