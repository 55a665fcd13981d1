/**
 * Who sends a request. A key says it for a program, a cookie for a browser. Before the first account exists the person at this
 * machine is the administrator (ruling 18): the guards at the HTTP edge let nobody else reach us then. Afterwards whoever does not
 * say who they are is a stranger.
 */
import type { HttpRequest } from '../kernel/http.ts'
import type { RateLimits } from '../kernel/rate-limits.ts'
import { type Actor, ANONYMOUS, LOCAL_ADMINISTRATOR } from '../operations/index.ts'
import { SESSION_COOKIE, type Visitor } from '../web/site.tsx'

export interface VisitorSources {
  accountsExist(): Promise<boolean>
  /** Undefined when the session is over. */
  actorOfSession(token: string): Promise<Actor | undefined>
  /** The owner of a key, narrowed to it. Errors: Problems that say what is wrong with the key. */
  actorOfKey?(key: string): Promise<Actor>
  formTokenOf(sessionId: string): string
  /** Everybody who is known is counted, wherever they call from. */
  readonly limits: RateLimits
}

export function createVisitorOf(sources: VisitorSources): (request: HttpRequest) => Promise<Visitor> {
  return async (request) => {
    const accountsExist = await sources.accountsExist()
    const actor = await actorOf(sources, request, accountsExist)
    if (actor.keyId !== undefined) sources.limits.take('key', actor.keyId)
    else if (actor.kind === 'user') sources.limits.take('account', actor.id)
    const known: Actor = request.id === undefined ? actor : { ...actor, requestId: request.id }
    return {
      actor: known,
      accountsExist,
      ...(known.sessionId === undefined ? {} : { formToken: sources.formTokenOf(known.sessionId) }),
    }
  }
}

async function actorOf(sources: VisitorSources, request: HttpRequest, accountsExist: boolean): Promise<Actor> {
  const key = /^bearer (.+)$/i.exec(request.header('authorization') ?? '')?.[1]
  if (key !== undefined && sources.actorOfKey) return sources.actorOfKey(key.trim())
  // A page of another site is never somebody by where it is: only a key says who calls.
  if (request.foreign) return ANONYMOUS
  if (!accountsExist) return LOCAL_ADMINISTRATOR
  const token = request.cookies?.[SESSION_COOKIE]
  return (token === undefined ? undefined : await sources.actorOfSession(token)) ?? ANONYMOUS
}
