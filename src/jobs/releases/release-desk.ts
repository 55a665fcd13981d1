/** What pages and commands need of releases besides the operations: the key of this instance, and the job that writes a package. */
import type { Signer } from '../../credentials/index.ts'
import type { Translator } from '../../i18n/translator.ts'
import { getInstance, type Release } from '../../modules/registry/index.ts'
import { type Actor, ANONYMOUS, type Operations } from '../../operations/index.ts'
import { writeRelease } from './write-release.ts'

/** For whoever receives packages: who we are, and the key to compare. */
export interface PublicReleaseKey {
  readonly instanceId: string
  readonly instanceName: string
  readonly algorithm: 'Ed25519'
  /** 32 bytes, base64. */
  readonly publicKey: string
  /** SHA-256 of the public key, hexadecimal. */
  readonly fingerprint: string
}

export interface ReleaseDesk {
  publicKey(): Promise<PublicReleaseKey>
  /** Errors: as `writeRelease`. */
  write(release: Pick<Release, 'id' | 'version'>, t: Translator, actor: Actor): Promise<Release>
}

/** `signer` is asked when it is needed: a program that signs nothing makes no key. */
export function createReleaseDesk(operations: Operations, instanceName: string, signer: () => Signer): ReleaseDesk {
  return {
    async publicKey() {
      const { id } = await operations.run(getInstance, {}, ANONYMOUS)
      const { publicKey, fingerprint } = signer()
      return { instanceId: id, instanceName, algorithm: 'Ed25519', publicKey, fingerprint }
    },
    write: ({ id, version }, t, actor) => writeRelease(operations, { id, version, instanceName, signer: signer() }, t, actor),
  }
}
