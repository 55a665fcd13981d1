/** Problems for which the API has a more exact status than their kind; the transport's own stand in kernel/http.ts. */
import { statusOfProblem } from '../kernel/http.ts'
import type { Problem } from '../kernel/problems.ts'

const STATUS_OF_CODE: Readonly<Record<string, number>> = {
  'api.key-needed': 401,
  'keys.not-known': 401,
  'keys.revoked': 401,
  'keys.expired': 401,
  'keys.owner-not-active': 401,
  'keys.quota-used': 429,
  'api.version-not-current': 412,
  'api.version-needed': 428,
}

export function apiStatusOf(problem: Pick<Problem, 'code' | 'kind'>): number {
  return STATUS_OF_CODE[problem.code] ?? statusOfProblem(problem)
}

/** What HTTP wants to hear beside such a status. */
export function apiHeadersOf(problem: Pick<Problem, 'code' | 'kind' | 'params'>): Record<string, string> {
  const status = apiStatusOf(problem)
  if (status === 401) return { 'www-authenticate': challengeFor(problem.code) }
  if (problem.code !== 'keys.quota-used') return {}
  const { quota, seconds } = problem.params
  return {
    'retry-after': String(seconds),
    'ratelimit-policy': `"hour";q=${quota};w=3600`,
    ratelimit: `"hour";r=0;t=${seconds}`,
  }
}

/** RFC 6750: an error only when a key was shown. */
function challengeFor(code: string): string {
  return code === 'api.key-needed' ? 'Bearer realm="sursur"' : 'Bearer realm="sursur", error="invalid_token"'
}
