/** A file from an address, for an import: fetched into a temporary file, or found unchanged since the last time at no cost. */
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { newId } from '../../../kernel/ids.ts'
import { createGuardedDownload, type DownloadSettings } from '../../../outside/index.ts'

export interface FetchSettings extends DownloadSettings {
  /** For temporary files. */
  readonly folder: string
}

export interface FetchOptions {
  /** What the server said with the file of the last time. */
  readonly etag?: string | null
  readonly lastModified?: string | null
  readonly signal?: AbortSignal
  /** `total` where the server has said it. */
  onProgress?(bytes: number, total: number | undefined): void
}

export interface FetchedFile {
  readonly kind: 'fetched'
  readonly path: string
  /** As the server calls it, else by the end of the address. For showing only. */
  readonly fileName: string
  readonly bytes: number
  readonly sha256: string
  readonly etag: string | null
  readonly lastModified: string | null
  /** Removes the temporary file; call it whatever became of the import. */
  discard(): Promise<void>
}

/**
 * `http` and `https` only. Errors: Problems `outside.*`: a host of the own network (also after a redirect), too large, too slow, an
 * answer other than a file; then nothing is left on disk.
 */
export async function fetchPublishedFile(
  address: string,
  { folder, ...settings }: FetchSettings,
  options: FetchOptions = {},
): Promise<FetchedFile | { readonly kind: 'unchanged' }> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, `${newId()}.fetched`)
  const answer = await createGuardedDownload({ allowHttp: true, ...settings })(address, { ...options, to: path })
  if (answer.kind === 'unchanged') return answer
  const { bytes, sha256, etag, lastModified } = answer
  const fileName = nameIn(answer.contentDisposition) ?? nameOf(answer.address) ?? nameOf(address) ?? new URL(address).hostname
  return {
    kind: 'fetched',
    path,
    fileName,
    bytes,
    sha256,
    etag,
    lastModified,
    discard: () => rm(path, { force: true }),
  }
}

const LEFT_FOR_MS = 24 * 3_600_000

/** What a process that died has left: no fetch and no import takes a day. */
export async function removeLeftFiles(folder: string, now = Date.now()): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name)
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: now }))
    if (name.endsWith('.fetched') && mtimeMs + LEFT_FOR_MS < now) await rm(path, { force: true })
  }
}

/** Whether a word of a command line is an address and not a file. */
export function isWebAddress(word: string): boolean {
  return /^https?:\/\//i.test(word)
}

/** The exact spelling of RFC 6266 is preferred to the plain one. */
function nameIn(disposition: string | null): string | undefined {
  const exact = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '')?.[1]
  const plain = /filename="?([^";]+)"?/i.exec(disposition ?? '')?.[1]
  return shown(decoded(exact) ?? plain)
}

function nameOf(address: string): string | undefined {
  return shown(decoded(basename(new URL(address).pathname)))
}

function decoded(text: string | undefined): string | undefined {
  try {
    return text === undefined ? undefined : decodeURIComponent(text)
  } catch {
    return undefined
  }
}

/** Without path, control characters and marks that turn the direction of writing. */
function shown(name: string | undefined): string | undefined {
  const plain = basename((name ?? '').replaceAll('\\', '/'))
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '')
    .trim()
    .slice(0, 200)
  return plain === '' || plain === '.' || plain === '..' ? undefined : plain
}
