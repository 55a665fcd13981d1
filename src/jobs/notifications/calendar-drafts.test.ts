import { expect, test } from 'vitest'
import { calendarDrafts } from './calendar-drafts.ts'

const NOTHING = { roles: [], keys: [], consents: [] }

test('an empty calendar tells nobody anything; an address that keeps failing is told to its owner once in a row of failures', () => {
  expect(calendarDrafts(NOTHING, { failedRuns: [], failingSchedules: [] })).toEqual([])
  const failing = { id: 'schedule-1', ownerId: 'amina', failingSince: '2026-11-24 12:00:00+00' }
  const [told, ...others] = calendarDrafts(NOTHING, { failedRuns: [], failingSchedules: [failing] })
  expect(told).toEqual({
    kind: 'schedule-failed',
    cause: 'schedule schedule-1 2026-11-24T12:00:00.000Z',
    ref: { module: 'registry', aggregate: 'import_schedules', id: 'schedule-1' },
    audience: { userId: 'amina' },
  })
  expect(others).toEqual([])
  // The same row of failures has the same cause, another one has not.
  expect(calendarDrafts(NOTHING, { failedRuns: [], failingSchedules: [failing] })[0]?.cause).toBe(told?.cause)
  const later = { ...failing, failingSince: '2026-12-01T09:00:00Z' }
  expect(calendarDrafts(NOTHING, { failedRuns: [], failingSchedules: [later] })[0]?.cause).not.toBe(told?.cause)
})
