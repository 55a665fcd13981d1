/** What pages get in tests: the operations of a desk, and whoever asks; the person at this machine unless said otherwise. */
import { type Actor, LOCAL_ADMINISTRATOR, type Operations } from '../../operations/index.ts'
import type { WebContext } from '../site.tsx'

export function pageContext(operations: Pick<Operations, 'run'>, actor: Actor = LOCAL_ADMINISTRATOR): WebContext {
  return {
    operations,
    visitorOf: async () => ({ actor, accountsExist: actor.kind !== 'local' }),
    isFormTokenOf: () => false,
    instance: { name: 'Test', owner: undefined, logo: undefined, version: '0', arabicDigits: 'latn' },
  } as unknown as WebContext
}
