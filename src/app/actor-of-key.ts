/** Who calls with a key: its owner, narrowed to it, as long as the key has calls left in this hour. */
import { findKeyActor, type KeyQuotas } from '../modules/access/index.ts'
import { type Actor, type Operations, PROGRAM } from '../operations/index.ts'

export function createActorOfKey(operations: Operations, quotas: KeyQuotas): (key: string) => Promise<Actor> {
  return async (key) => {
    const { actor, keyId, hourlyQuota } = await operations.run(findKeyActor, { key }, PROGRAM)
    quotas.take(keyId, hourlyQuota)
    return actor
  }
}
