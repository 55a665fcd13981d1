/**
 * Who may do what. Until accounts exist there is one actor who may do everything, the person at this machine (domain ruling 18);
 * a stranger may read what is published and never writes.
 */
import type { Actor } from '../../operations/index.ts'

export function permits(actor: Actor, permission: string): boolean {
  if (actor.kind === 'local') return true
  if (actor.kind === 'anonymous') return permission.endsWith('.read')
  return false
}
