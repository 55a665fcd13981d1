/**
 * What was refused at the edge stands in the log as numbers per minute: a flood is seen, and nothing about a person or an address is
 * kept. Refusals of operations to somebody who is signed in stand one by one in the audit trail as well.
 */
import { Problem } from '../../kernel/problems.ts'

const EVERY_MS = 60_000

export interface RefusalLog {
  /** Counts refusals and failures of other houses; everything else is none of its concern. */
  note(error: unknown): void
  close(): void
}

export function createRefusalLog(say: (line: string) => void): RefusalLog {
  const counts = new Map<string, number>()

  function write(): void {
    if (counts.size === 0) return
    const said = [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([code, count]) => `${code} ${count}`)
    counts.clear()
    say(`${new Date().toISOString()} refused in the last minute: ${said.join(', ')}`)
  }

  const timer = setInterval(write, EVERY_MS)
  timer.unref()
  return {
    note(error) {
      if (!(error instanceof Problem)) return
      if (error.kind !== 'refused' && !error.code.startsWith('outside.')) return
      counts.set(error.code, (counts.get(error.code) ?? 0) + 1)
    },
    close() {
      clearInterval(timer)
      write()
    },
  }
}
