/** Packs files as a package is packed, whatever they say; with a signer it is signed anew, as somebody with the key could. */
import { createHash } from 'node:crypto'
import { createWriteStream, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Signer } from '../../src/credentials/index.ts'
import {
  jsonText,
  LISTED_FILES,
  packPart,
  type SealedPart,
  STORED_FILES,
  writeSealedZip,
} from '../../src/interop/releases/index.ts'

type Files = Readonly<Record<string, Uint8Array>>

export async function sealed(files: Files, signer?: Signer): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'sursur-sealed-'))
  try {
    const parts = await partsOf(files, folder)
    const whole = signer ? await partsOf({ ...files, ...signed(parts, signer) }, folder) : parts
    const path = join(folder, 'package.zip')
    await writeSealedZip(whole, createWriteStream(path))
    return readFileSync(path)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function partsOf(files: Files, folder: string): Promise<SealedPart[]> {
  const stored: readonly string[] = STORED_FILES
  return Promise.all(
    Object.entries(files).map(([path, bytes]) =>
      packPart(path, once(bytes), join(folder, createHash('sha256').update(path).digest('hex')), {
        stored: stored.includes(path),
      }),
    ),
  )
}

function signed(parts: readonly SealedPart[], signer: Signer): Files {
  const listed: readonly string[] = LISTED_FILES
  const manifest = Buffer.from(
    jsonText({
      format: 'sursur-release',
      edition: 1,
      files: parts
        .filter(({ path }) => listed.includes(path))
        .map(({ path, bytes, sha256, packedBytes, packedSha256 }) => ({ path, bytes, sha256, packedBytes, packedSha256 })),
    }),
  )
  const { publicKey, fingerprint } = signer
  const signature = jsonText({ algorithm: 'Ed25519', publicKey, fingerprint, signature: signer.sign(manifest) })
  return { 'manifest.json': manifest, 'signature.json': Buffer.from(signature) }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
