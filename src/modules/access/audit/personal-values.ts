/**
 * Personal values stand beside the chain (domain ruling 13): the event keeps a salted digest of each, the values a row of their own.
 * When the row is erased, the salt goes with it, so that nobody can find out a value by trying; the chain stays as it is.
 */
import { createHash, randomBytes } from 'node:crypto'
import { type Db, sql } from '../../../database/db.ts'
import { canonicalJson } from '../../../kernel/canonical-json.ts'
import type { RecordRef } from '../../../kernel/ids.ts'

/** Digests of one field; null where there was no value. */
export interface PersonalDigests {
  readonly before: string | null
  readonly after: string | null
}

export interface PersonalValue {
  readonly field: string
  /** As canonical JSON. */
  readonly before: string | null
  readonly after: string | null
  readonly salt: string
}

export interface SeparatedFields {
  readonly before: unknown
  readonly after: unknown
  readonly personal: Readonly<Record<string, PersonalDigests>> | null
  readonly values: readonly PersonalValue[]
}

/** Takes the fields with these paths (`contact.email`) out of both sides. */
export function separatePersonalValues(before: unknown, after: unknown, paths: readonly string[]): SeparatedFields {
  const [was, is] = [structuredClone(before), structuredClone(after)]
  const personal: Record<string, PersonalDigests> = {}
  const values: PersonalValue[] = []
  for (const field of paths) {
    const [wasValue, isValue] = [takeOut(was, field), takeOut(is, field)]
    if (wasValue === undefined && isValue === undefined) continue
    const value = { field, before: asJson(wasValue), after: asJson(isValue), salt: randomBytes(16).toString('hex') }
    values.push(value)
    personal[field] = digestsOf(value)
  }
  return { before: was, after: is, personal: values.length === 0 ? null : personal, values }
}

export function digestsOf({ field, before, after, salt }: PersonalValue): PersonalDigests {
  const digest = (side: string, text: string | null) =>
    text === null
      ? null
      : createHash('sha256')
          .update(JSON.stringify([salt, field, side, text]))
          .digest('hex')
  return { before: digest('before', before), after: digest('after', after) }
}

export async function writePersonalValues(db: Db, eventId: string, values: readonly PersonalValue[]): Promise<void> {
  for (const { field, before, after, salt } of values) {
    await db.run(sql`
      insert into audit_personal_values (event_id, field, before, after, salt)
      values (${eventId}, ${field}, ${before}, ${after}, ${salt})
    `)
  }
}

/** Forgets every personal value that the trail holds of a record. Gives how many rows went. */
export async function erasePersonalValues(db: Db, { module, aggregate, id }: RecordRef): Promise<number> {
  return db.run(sql`
    delete from audit_personal_values
    where event_id in (
      select id from audit_events where module = ${module} and aggregate = ${aggregate} and record_id = ${id}
    )
  `)
}

function takeOut(value: unknown, path: string): unknown {
  const names = path.split('.')
  const last = names.pop() ?? ''
  let place = value
  for (const name of names) place = isRecord(place) && Object.hasOwn(place, name) ? place[name] : undefined
  if (!isRecord(place) || !Object.hasOwn(place, last)) return undefined
  const found = place[last]
  delete place[last]
  return found ?? undefined
}

function asJson(value: unknown): string | null {
  return value === undefined ? null : canonicalJson(value)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
