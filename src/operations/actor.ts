/** Who does something. `local-administrator` is a permanent actor of its own (domain ruling 18): the person at this machine. */
export interface Actor {
  readonly id: string
  readonly kind: 'local' | 'user' | 'job' | 'anonymous'
  readonly name: string
}

export const LOCAL_ADMINISTRATOR: Actor = { id: 'local-administrator', kind: 'local', name: 'local-administrator' }

/** Someone on the network who has not said who they are. Never writes (domain section 14). */
export const ANONYMOUS: Actor = { id: 'anonymous', kind: 'anonymous', name: 'anonymous' }
