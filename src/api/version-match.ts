/**
 * A command that changes a record says on which version it builds: in its body, or as `If-Match` with the tag that the record came
 * with. Who says neither would overwrite what they have not seen.
 */
import { Problem } from '../kernel/problems.ts'
import type { Command } from '../operations/index.ts'
import { fieldOf } from './read-input.ts'

export interface VersionedInput {
  readonly input: Record<string, unknown>
  /** The version that came as `If-Match`. */
  readonly matched?: number
}

export function withVersion(command: Command, body: Record<string, unknown>, ifMatch: string | undefined): VersionedInput {
  const field = fieldOf(command, 'version')
  if (field === undefined) return { input: body }
  if (ifMatch === undefined) {
    if (body.version === undefined && !field.safeParse(undefined).success) throw new Problem('api.version-needed')
    return { input: body }
  }
  const matched = versionIn(ifMatch)
  if (body.version !== undefined && body.version !== matched) {
    throw new Problem('api.version-stated-twice', { header: matched, body: String(body.version).slice(0, 20) })
  }
  return { input: { ...body, version: matched }, matched }
}

/** `"3"` or `"3-…"`, as our answers carry it. `*` would mean "whatever it is now", which is what the version is there to prevent. */
function versionIn(ifMatch: string): number {
  const version = /^(?:W\/)?"([1-9]\d{0,8})(?:-[\w-]{1,64})?"$/.exec(ifMatch.trim())?.[1]
  if (version === undefined) throw new Problem('api.if-match-not-accepted', { found: ifMatch.slice(0, 80) })
  return Number(version)
}

/** The same conflict under the name that HTTP has for it. */
export function asPrecondition(error: unknown, matched: number | undefined): unknown {
  if (matched === undefined || !(error instanceof Problem) || !error.code.endsWith('-changed-meanwhile')) return error
  return new Problem('api.version-not-current', { version: matched, found: error.params.found ?? '' }, { cause: error })
}
