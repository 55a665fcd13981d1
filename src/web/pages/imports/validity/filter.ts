/** Which problems are asked for: level, rule, file, part of an identifier; and from which one on. */
import type { ProblemReport } from '../../../../kernel/problems.ts'

export interface ProblemFilter {
  readonly rule?: string
  readonly level?: 'error' | 'warning'
  readonly activity?: string
  readonly file?: string
}

const LONGEST_ACTIVITY = 300

export function readFilter(query: URLSearchParams): ProblemFilter {
  const text = (name: string) => query.get(name)?.trim() || undefined
  const [rule, level, activity, file] = [text('rule'), text('level'), text('activity'), text('file')]
  return {
    ...(rule === undefined ? {} : { rule }),
    ...(level === 'error' || level === 'warning' ? { level } : {}),
    ...(activity === undefined ? {} : { activity: activity.slice(0, LONGEST_ACTIVITY) }),
    ...(file === undefined ? {} : { file }),
  }
}

export function filterQuery(filter: ProblemFilter, more: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams({ ...filter, ...more }).toString()
  return query === '' ? '' : `?${query}`
}

export function isChosen(filter: ProblemFilter, { code, level, place }: ProblemReport): boolean {
  if (filter.rule !== undefined && code !== filter.rule) return false
  if (filter.level !== undefined && (level ?? 'error') !== filter.level) return false
  if (filter.file !== undefined && place?.file !== filter.file) return false
  return filter.activity === undefined || (place?.activity ?? '').toLowerCase().includes(filter.activity.toLowerCase())
}

export function readOffset(query: URLSearchParams): number {
  const from = Number(query.get('from') ?? '0')
  return Number.isSafeInteger(from) && from > 0 ? from : 0
}
