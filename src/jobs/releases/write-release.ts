/**
 * Writes a confirmed release as one signed package. The content is what the registry gives for it, copied field by field; times in the
 * archive are fixed, so that the same release gives the same bytes again.
 */
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Signer } from '../../credentials/index.ts'
import type { Translator } from '../../i18n/translator.ts'
import {
  DESCRIPTION_FILE,
  jsonText,
  MANIFEST_FILE,
  ORIGIN_FILE,
  PACKAGE_EDITION,
  type PackageManifest,
  type PackageOrigin,
  type PackageRecord,
  type PackageSignature,
  packPart,
  README_FILE,
  RECORDS_FILE,
  SCHEMA_EDITION,
  type SealedPart,
  SIGNATURE_FILE,
  writeSealedZip,
} from '../../interop/releases/index.ts'
import { textFor } from '../../kernel/localized-text.ts'
import {
  exportRelease,
  type Release,
  type ReleasedRecord,
  type ReleaseToWrite,
  storeRelease,
} from '../../modules/registry/index.ts'
import type { Actor, Operations } from '../../operations/index.ts'
import { programVersion } from '../exports/program-version.ts'
import { describeRelease, readmeOfRelease } from './describe-release.ts'

export interface WriteReleaseRequest {
  readonly id: string
  readonly version: number
  /** Name of this instance, as others will see it. */
  readonly instanceName: string
  readonly signer: Signer
}

/** Errors: Problems `releases.state-not-for-this`, `releases.changed-meanwhile`, `releases.version-gone`. */
export async function writeRelease(
  operations: Operations,
  { id, version, instanceName, signer }: WriteReleaseRequest,
  t: Translator,
  actor: Actor,
): Promise<Release> {
  const folder = await mkdtemp(join(tmpdir(), 'sursur-release-'))
  try {
    const path = join(folder, 'package.zip')
    const toWrite = await operations.run(exportRelease, { id }, actor)
    await writeReleasePackage(toWrite, { instanceName, signer, folder }, t, path)
    return await operations.run(
      storeRelease,
      {
        id,
        version,
        fileBytes: (await stat(path)).size,
        fileDigest: await digestOfFile(path),
        file: createReadStream(path),
      },
      actor,
    )
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

interface Surroundings extends Pick<WriteReleaseRequest, 'instanceName' | 'signer'> {
  /** For parts while they are packed. */
  readonly folder: string
}

async function writeReleasePackage(
  { release, instanceId, ownerName, batches }: ReleaseToWrite,
  { instanceName, signer, folder }: Surroundings,
  t: Translator,
  path: string,
): Promise<void> {
  const leaving: { record: string; version: number }[] = []
  const pack = (name: string, source: AsyncIterable<Uint8Array>, stored = false) =>
    packPart(name, source, join(folder, `${name.replace('/', '-')}.packed`), { stored })
  const packText = (name: string, text: string, stored = false) => pack(name, once(Buffer.from(text)), stored)
  const records = await pack(RECORDS_FILE, linesOf(batches, leaving))
  const origin: PackageOrigin = {
    schemaEdition: SCHEMA_EDITION,
    program: `Sursur ${programVersion()}`,
    instance: { id: instanceId, name: instanceName },
    release: {
      id: release.id,
      at: new Date(release.confirmedAt ?? release.updatedAt).toISOString(),
      by: ownerName === null ? instanceName : (textFor(ownerName, ownerName.orig)?.text ?? instanceName),
      addressee: release.addressee,
      purpose: release.purpose,
      licence: release.licence,
    },
    withheldFields: [...release.withheldFields],
    records: leaving,
  }
  const listed = [
    await packText(ORIGIN_FILE, jsonText(origin)),
    await packText(DESCRIPTION_FILE, jsonText(describeRelease(t, origin, records))),
    await packText(README_FILE, readmeOfRelease(t, origin, signer.fingerprint)),
    records,
  ]
  const manifest: PackageManifest = { format: 'sursur-release', edition: PACKAGE_EDITION, files: listed.map(manifestLine) }
  const manifestText = jsonText(manifest)
  const signature: PackageSignature = {
    algorithm: 'Ed25519',
    publicKey: signer.publicKey,
    fingerprint: signer.fingerprint,
    signature: signer.sign(Buffer.from(manifestText)),
  }
  await writeSealedZip(
    [await packText(SIGNATURE_FILE, jsonText(signature), true), await packText(MANIFEST_FILE, manifestText, true), ...listed],
    createWriteStream(path, { mode: 0o600 }),
  )
}

function manifestLine({ path, bytes, sha256, packedBytes, packedSha256 }: SealedPart): PackageManifest['files'][number] {
  return { path, bytes, sha256, packedBytes, packedSha256 }
}

async function* linesOf(
  batches: AsyncIterable<readonly ReleasedRecord[]>,
  leaving: { record: string; version: number }[],
): AsyncGenerator<Buffer> {
  for await (const batch of batches) {
    const lines = batch.map(({ record, version, identifier, listed, facts, orgs }) => {
      leaving.push({ record, version })
      const line = { record, version, ...(identifier === undefined ? {} : { identifier }), listed, facts, orgs }
      return `${JSON.stringify(line as PackageRecord)}\n`
    })
    if (lines.length > 0) yield Buffer.from(lines.join(''))
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

async function digestOfFile(path: string): Promise<string> {
  const digest = createHash('sha256')
  for await (const piece of createReadStream(path)) digest.update(piece as Buffer)
  return digest.digest('hex')
}
