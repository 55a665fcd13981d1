/**
 * The key with which this instance signs what leaves it: 32 bytes, as a setting or beside the database and in no backup, handled as the
 * instance key is. Who loses it makes a new one, and receivers are asked once more whether they trust it.
 */
import { type Signer, signerOf } from '../credentials/index.ts'
import { loadKey } from './instance-key.ts'
import type { Settings } from './settings.ts'

export const RELEASE_KEY_FILE = 'release-key'

/** Made on first need. Errors: Problem `app.instance-key-not-readable`. */
export function loadReleaseSigner({ dataFolder, releaseKey }: Pick<Settings, 'dataFolder' | 'releaseKey'>): () => Signer {
  let signer: Signer | undefined
  return () => {
    signer ??= signerOf(loadKey(dataFolder, RELEASE_KEY_FILE, { value: releaseKey, setting: 'SURSUR_RELEASE_KEY' }))
    return signer
  }
}
