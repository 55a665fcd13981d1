import { expect, test, vi } from 'vitest'
import { Problem } from '../../kernel/problems.ts'
import '../../web/site.tsx'
import { createRefusalLog } from './refusal-log.ts'

test('refusals stand in the log as numbers, once a minute and at the end, and nothing else of them', () => {
  vi.useFakeTimers({ now: new Date('2026-11-25T08:00:00Z') })
  try {
    const said: string[] = []
    const log = createRefusalLog((line) => void said.push(line))
    log.note(new Problem('site.form-not-ours'))
    log.note(new Problem('site.form-not-ours'))
    log.note(new Error('amina@example.org'))
    vi.advanceTimersByTime(60_000)
    expect(said).toEqual(['2026-11-25T08:01:00.000Z refused in the last minute: site.form-not-ours 2'])
    vi.advanceTimersByTime(60_000)
    log.note(new Problem('site.form-not-ours'))
    log.close()
    expect(said.slice(1)).toEqual(['2026-11-25T08:02:00.000Z refused in the last minute: site.form-not-ours 1'])
  } finally {
    vi.useRealTimers()
  }
})
