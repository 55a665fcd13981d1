/**
 * Who does something, and what was given to them. `local-administrator` is a permanent actor of its own (domain ruling 18): the
 * person at this machine.
 */

/** A role and where it holds, as it counts at this moment. */
export interface Grant {
  readonly role: string
  readonly scope: 'instance' | 'entity' | 'country' | 'body' | 'campaign'
  /** Organisation, ISO 3166-1 alpha-3 code, body or campaign; null for the whole instance. */
  readonly scopeId: string | null
  /** Organisations in the scope: an entity with everything below it; of a country its government organisations. */
  readonly orgs: readonly string[]
  readonly countries: readonly string[]
  /** Whoever is away and let this person act meanwhile. */
  readonly onBehalfOf?: string
}

export interface Actor {
  readonly id: string
  readonly kind: 'local' | 'user' | 'job' | 'anonymous'
  readonly name: string
  readonly grants?: readonly Grant[]
  readonly sessionId?: string
  /** The API key that was used, and the permissions to which it is narrowed. */
  readonly keyId?: string
  readonly allowed?: readonly string[]
  readonly requestId?: string
  /** Notifications that the person has not read yet, as the session found them; for the sign beside the name. */
  readonly unread?: number
}

export const LOCAL_ADMINISTRATOR: Actor = { id: 'local-administrator', kind: 'local', name: 'local-administrator' }

/** Someone on the network who has not said who they are. Never writes (domain section 14). */
export const ANONYMOUS: Actor = { id: 'anonymous', kind: 'anonymous', name: 'anonymous' }

/** The program itself, for what nobody asked for: nightly work, looking up a session. */
export const PROGRAM: Actor = { id: 'program', kind: 'job', name: 'program' }
