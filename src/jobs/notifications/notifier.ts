/**
 * Tells people what happened, after it happened: reads the audit trail from where it stopped, looks into the calendar, writes
 * notifications, then the digests that are due. Nothing waits for it; what fails is tried again at the next look.
 */
import type { Clock } from '../../kernel/clock.ts'
import { type NewsEvent, noticeOperations, permits } from '../../modules/access/index.ts'
import { listWaiting, noticeFacts } from '../../modules/registry/index.ts'
import { type Operations, PROGRAM } from '../../operations/index.ts'
import { calendarDrafts } from './calendar-drafts.ts'
import { digestText } from './digest-text.ts'
import { concerning, draftsOf } from './notice-drafts.ts'

export interface NotifierOptions {
  readonly operations: Operations
  readonly clock: Clock
}

export interface NotifierLook {
  readonly written: number
  readonly digests: number
}

export interface Notifier {
  /** One look; a second one that comes meanwhile shares it. */
  look(): Promise<NotifierLook>
}

/** The calendar and the digests are looked into at most so often. */
const CALENDAR_EVERY_MS = 15 * 60 * 1000
/** Batches of news in one look: a long absence is caught up over several. */
const MOST_BATCHES = 20

const { readNews, writeNotices, readCalendar, findGrants, listDueDigests, writeDigest } = noticeOperations

export function createNotifier({ operations, clock }: NotifierOptions): Notifier {
  let running: Promise<NotifierLook> | undefined
  let calendarAt = Number.NEGATIVE_INFINITY

  async function lookNow(): Promise<NotifierLook> {
    let written = await readTrail(operations)
    const now = clock.now().getTime()
    if (now - calendarAt < CALENDAR_EVERY_MS) return { written, digests: 0 }
    written += await readDates(operations)
    const digests = await writeDigests(operations)
    calendarAt = now
    return { written, digests }
  }

  return {
    look() {
      running ??= lookNow().finally(() => {
        running = undefined
      })
      return running
    },
  }
}

async function readTrail(operations: Operations): Promise<number> {
  let written = 0
  for (let batch = 0; batch < MOST_BATCHES; batch += 1) {
    const { events, upTo, more } = await operations.run(readNews, {}, PROGRAM)
    const drafts = await draftsFor(operations, concerning(events))
    written += (await operations.run(writeNotices, { drafts, upTo }, PROGRAM)).written
    if (!more) break
  }
  return written
}

async function draftsFor(operations: Operations, events: readonly NewsEvent[]) {
  if (events.length === 0) return []
  const ids = (aggregate: string) => [
    ...new Set(events.filter((event) => event.aggregate === aggregate).map(({ recordId }) => recordId)),
  ]
  const facts = await operations.run(
    noticeFacts,
    { initiatives: ids('initiatives'), objections: ids('objections'), runs: ids('import_runs') },
    PROGRAM,
  )
  const grants = await operations.run(findGrants, { ids: ids('grants') }, PROGRAM)
  return draftsOf(events, { ...facts, grants })
}

async function readDates(operations: Operations): Promise<number> {
  const calendar = await operations.run(readCalendar, {}, PROGRAM)
  const facts = await operations.run(noticeFacts, { initiatives: [], objections: [], runs: [] }, PROGRAM)
  const drafts = calendarDrafts(calendar, facts)
  return drafts.length === 0 ? 0 : (await operations.run(writeNotices, { drafts }, PROGRAM)).written
}

async function writeDigests(operations: Operations): Promise<number> {
  let digests = 0
  for (const { upTo, ...due } of await operations.run(listDueDigests, {}, PROGRAM)) {
    const mayWork = permits(due.actor, 'registry.workspace.read')
    const places = mayWork ? await operations.run(listWaiting, {}, due.actor) : []
    const { written } = await operations.run(writeDigest, { userId: due.actor.id, upTo, ...digestText(due, places) }, PROGRAM)
    if (written) digests += 1
  }
  return digests
}
