/** `sursur release ...`: the package of a confirmed release, and the key of this instance. Drafting is `sursur registry draft-release`. */
import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { readableFingerprint } from '../../credentials/index.ts'
import { translatorFor } from '../../i18n/translator.ts'
import { Problem } from '../../kernel/problems.ts'
import { getRelease, readReleaseFile } from '../../modules/registry/index.ts'
import { LOCAL_ADMINISTRATOR } from '../../operations/index.ts'
import { type CliVerb, requireWord } from '../command.ts'
import { withProgram } from '../with-program.ts'

const writeVerb: CliVerb = {
  name: 'release write',
  takes: 'RELEASE --out FILE',
  meaning:
    'Writes a confirmed release as one signed package; one that was written before comes again as the same bytes. Releases are drafted and confirmed in the browser, or with registry draft-release and registry confirm-release.',
  options: [{ name: 'out', value: 'FILE', meaning: 'File to write. It appears when it is whole.' }],
  run: (call) =>
    withProgram(call, async ({ operations, releases }) => {
      const id = requireWord(call, 0, 'RELEASE')
      const out = call.option('out')
      if (out === undefined) throw new Problem('exports.out-missing')
      const t = translatorFor(call.lang)
      const { release } = await operations.run(getRelease, { id }, LOCAL_ADMINISTRATOR)
      const written = release.state === 'written' ? release : await releases.write(release, t, LOCAL_ADMINISTRATOR)
      await writeFile(out, await operations.run(readReleaseFile, { id }, LOCAL_ADMINISTRATOR))
      const { fingerprint } = await releases.publicKey()
      if (call.json)
        call.print(JSON.stringify({ file: out, release: id, bytes: written.fileBytes, sha256: written.fileDigest, fingerprint }))
      else call.say(t('releases.cli.written', { file: out, fingerprint: readableFingerprint(fingerprint) }))
      return 0
    }),
}

/** Written beside and renamed: a broken package never looks like a whole one. */
async function writeFile(out: string, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  const part = `${out}.part`
  try {
    await pipeline(Readable.from(pieces, { objectMode: false }), createWriteStream(part, { mode: 0o600 }))
    await rename(part, out)
  } catch (error) {
    await rm(part, { force: true })
    if (error instanceof Error && 'code' in error && typeof error.code === 'string' && 'path' in error)
      throw new Problem('exports.file-not-writable', { file: out, reason: error.code }, { cause: error })
    throw error
  }
}

const keyVerb: CliVerb = {
  name: 'release key',
  takes: '',
  meaning: 'Prints the public key of this instance and its fingerprint, which receivers of a package compare.',
  options: [],
  run: (call) =>
    withProgram(call, async ({ releases }) => {
      const key = await releases.publicKey()
      if (call.json) call.print(JSON.stringify(key))
      else call.print(`${key.instanceName} (${key.instanceId})\n${key.publicKey}\n${readableFingerprint(key.fingerprint)}`)
      return 0
    }),
}

export const releaseVerbs: readonly CliVerb[] = [writeVerb, keyVerb]
