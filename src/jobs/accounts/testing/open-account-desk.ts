/** An account desk for tests: real operations on a test database, a clock that is moved by hand, mail that is read instead of sent. */
import { createHmac } from 'node:crypto'
import type { Database } from '../../../database/db.ts'
import { withRollback } from '../../../database/testing/rollback-database.ts'
import { openTestDatabase } from '../../../database/testing/test-database.ts'
import { auditWriter, policy } from '../../../modules/access/index.ts'
import { type Actor, createOperations, LOCAL_ADMINISTRATOR, type Operations } from '../../../operations/index.ts'
import type { MailMessage } from '../../../outside/index.ts'
import { type AccountDesk, type AccountDeskOptions, createAccountDesk } from '../account-desk.ts'

export const GOOD_PASSWORD = 'seven violet kettles hum at dawn'
export const OTHER_PASSWORD = 'nine amber ladders lean on fog'
export const VISITOR = { address: '192.0.2.7', agent: 'Test browser', requestId: 'r-1' }

export interface TestDesk {
  readonly desk: AccountDesk
  readonly operations: Operations
  readonly database: Database
  readonly sent: readonly MailMessage[]
  /** Moves the clock on. */
  wait(minutes: number): void
  now(): Date
  /** The administrator, signed in. */
  administrator(): Promise<Actor>
  /** An invited person who accepted, signed in. */
  member(email: string, roles?: NonNullable<Parameters<AccountDesk['invite']>[0]['grants']>): Promise<Actor>
  /** The token of the newest message to somebody, as its link carries it. */
  tokenTo(email: string): Promise<string>
  signIn(email: string, password?: string): Promise<Actor>
}

/** Cheap on purpose: one ten-thousandth of the real cost. */
const HASH_COST = { ln: 4, r: 8, p: 1 }

export async function atAccountDesk<T>(
  work: (test: TestDesk) => Promise<T>,
  overrides: Partial<AccountDeskOptions> & { readonly failMail?: () => Error | undefined } = {},
): Promise<T> {
  return withRollback(await openTestDatabase(), (database) => work(accountDeskOn(database, overrides)))
}

export function accountDeskOn(
  database: Database,
  { failMail, ...overrides }: Partial<AccountDeskOptions> & { readonly failMail?: () => Error | undefined } = {},
): TestDesk {
  let now = new Date('2026-11-25T08:00:00Z')
  const clock = { now: () => now }
  const operations = createOperations({ database, clock, policy, audit: auditWriter })
  const sent: MailMessage[] = []
  const desk = createAccountDesk({
    operations,
    clock,
    instanceKey: Buffer.alloc(32, 5),
    instanceName: 'South Desk',
    publicUrl: 'https://desk.example',
    settings: { idleMinutes: 60, sessionHours: 12 },
    hashCost: HASH_COST,
    mail: {
      keepsOnly: false,
      async send(message) {
        const failure = failMail?.()
        if (failure) throw failure
        sent.push(message)
        return 'sent'
      },
    },
    ...overrides,
  })

  const actorFor = async (token: string): Promise<Actor> => {
    const actor = await desk.actorOf(token)
    if (!actor) throw new Error('Nobody is signed in')
    return actor
  }

  const tokenTo = async (email: string): Promise<string> => {
    await desk.sendWaiting()
    const link = sent.filter(({ to }) => to === email).at(-1)?.text ?? ''
    return /[?]token=([\w-]+)/.exec(link)?.[1] ?? ''
  }

  return {
    desk,
    operations,
    database,
    sent,
    wait: (minutes) => {
      now = new Date(now.getTime() + minutes * 60_000)
    },
    now: () => now,
    async administrator() {
      const input = { name: 'Ada Obi', email: 'ada@mofa.example', lang: 'en' as const, password: GOOD_PASSWORD }
      return actorFor((await desk.createFirstAccount(input, VISITOR, LOCAL_ADMINISTRATOR)).token)
    },
    async member(email, grants = []) {
      await desk.invite({ email, name: 'Ben Ali', lang: 'fr', grants }, LOCAL_ADMINISTRATOR)
      const token = await tokenTo(email)
      return actorFor((await desk.redeemInvitation({ token, name: 'Ben Ali', password: GOOD_PASSWORD }, VISITOR)).token)
    },
    tokenTo,
    async signIn(email, password = GOOD_PASSWORD) {
      const answer = await desk.signIn({ email, password }, VISITOR)
      if (answer.status !== 'signed-in') throw new Error('A second factor is wanted')
      return actorFor(answer.token)
    },
  }
}

/** The code of a telephone whose clock shows this moment (RFC 6238, written once more so that the test does not ask the program). */
export function codeAt(secret: string, at: Date): string {
  const bits = [...secret]
    .map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
    .join('')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(at.getTime() / 30_000)))
  const digest = createHmac('sha1', key).update(counter).digest()
  const from = (digest.at(-1) ?? 0) & 15
  return String((digest.readUInt32BE(from) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}
