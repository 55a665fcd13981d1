/**
 * Files that arrive in parts over a bad line. What has arrived is what lies on disk: its size is the offset at which the sender goes on,
 * whatever became of the connection, the page or the server meanwhile. Each person has a folder; nobody reaches into another's.
 */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { UploadedFile } from '../../../kernel/http.ts'
import { newId } from '../../../kernel/ids.ts'
import { defineProblems, Problem } from '../../../kernel/problems.ts'
import type { Actor } from '../../../operations/index.ts'

defineProblems('uploads', {
  missing: { kind: 'missing', params: ['upload'] },
  'not-complete': { kind: 'conflict', params: ['file', 'received', 'bytes'] },
  'offset-differs': { kind: 'conflict', params: ['found', 'accepted'] },
  'too-long': { kind: 'invalid', params: ['bytes'] },
  'digest-differs': { kind: 'conflict', params: ['file'] },
})

export interface PartialFile {
  readonly id: string
  /** As the sender calls it; for showing only. */
  readonly name: string
  /** Of the whole file. */
  readonly bytes: number
  /** Bytes on disk: the sender goes on here. */
  readonly offset: number
  /** SHA-256 of the whole file, where the sender has said it. */
  readonly sha256?: string
  /** Instant after which it is removed. */
  readonly expiresAt: Date
}

export interface PartialFiles {
  begin(file: { name: string; bytes: number; sha256?: string }): Promise<PartialFile>
  /** Ends whatever is still being written to it, so that the offset holds. Errors: Problem `uploads.missing`. */
  find(id: string): Promise<PartialFile>
  /**
   * Writes what comes, from `offset` on, and gives what lies on disk afterwards; also when the line is cut in between.
   * Errors: Problems `uploads.offset-differs`, `uploads.too-long`; when all is there, `uploads.digest-differs`.
   */
  append(id: string, offset: number, content: AsyncIterable<Uint8Array>): Promise<PartialFile>
  /** A complete one as if it had come by a form. Its file lies there until it is discarded. */
  received(id: string): Promise<UploadedFile>
  discard(id: string): Promise<void>
}

export interface PartialFilesDesk {
  of(actor: Pick<Actor, 'id'>): PartialFiles
  /** Removes those to which nothing was added for a week; gives how many. */
  tidy(): Promise<number>
}

interface Note {
  readonly name: string
  readonly bytes: number
  readonly sha256?: string
}

const ID = /^[0-9A-HJKMNP-TV-Z]{26}$/
const PERSON = /^[\w-]{1,64}$/

export const KEPT_FOR_MS = 7 * 24 * 3_600_000
/** Of one person; the one that rested longest makes room. */
const MOST_UNFINISHED = 20
/** What has arrived is forced to the disk at least so often. */
const SYNC_EVERY_BYTES = 1_000_000

/** Who writes to which file at this moment, in this process. */
type Writers = Map<string, { stop: AbortController; ended: Promise<unknown> }>

export interface PartialFilesLimits {
  /** Of all unfinished files of one person, by the sizes that were announced. */
  readonly mostBytes?: number
  readonly now?: () => Date
}

export function createPartialFiles(
  folder: string,
  { mostBytes = Number.POSITIVE_INFINITY, now = () => new Date() }: PartialFilesLimits = {},
): PartialFilesDesk {
  const writers: Writers = new Map()
  return {
    of({ id }) {
      if (!PERSON.test(id)) throw new Problem('uploads.missing', { upload: '' })
      return partialFilesIn(join(folder, id), writers, now, mostBytes)
    },
    async tidy() {
      let removed = 0
      for (const person of await readdir(folder).catch(() => [])) {
        const own = join(folder, person)
        for (const id of await idsIn(own)) {
          const { mtimeMs } = await stat(join(own, `${id}.part`)).catch(() => ({ mtimeMs: 0 }))
          if (mtimeMs + KEPT_FOR_MS > now().getTime() || writers.has(join(own, id))) continue
          await remove(own, id)
          removed += 1
        }
      }
      return removed
    },
  }
}

function partialFilesIn(folder: string, writers: Writers, now: () => Date, mostBytes: number): PartialFiles {
  const partOf = (id: string) => join(folder, `${id}.part`)

  async function look(id: string): Promise<PartialFile> {
    const note = ID.test(id) ? await readNote(folder, id) : undefined
    const found = note && (await stat(partOf(id)).catch(() => undefined))
    if (!note || !found || found.mtimeMs + KEPT_FOR_MS <= now().getTime())
      throw new Problem('uploads.missing', { upload: id.slice(0, 26) })
    return { id, ...note, offset: found.size, expiresAt: new Date(found.mtimeMs + KEPT_FOR_MS) }
  }

  /** A connection that hangs still holds the file; whoever comes anew is the sender. */
  async function stopWriter(id: string): Promise<void> {
    const writer = writers.get(join(folder, id))
    writer?.stop.abort()
    await writer?.ended
  }

  async function write(
    id: string,
    offset: number,
    content: AsyncIterable<Uint8Array>,
    signal: AbortSignal,
  ): Promise<PartialFile> {
    const before = await look(id)
    if (before.offset !== offset) throw new Problem('uploads.offset-differs', { found: offset, accepted: before.offset })
    await copyInto(partOf(id), before, content, signal)
    const after = await look(id)
    if (after.offset === after.bytes && after.sha256 !== undefined && (await digestOf(partOf(id))) !== after.sha256) {
      await remove(folder, id)
      throw new Problem('uploads.digest-differs', { file: after.name })
    }
    return after
  }

  return {
    async begin(file) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      await makeRoom(folder, mostBytes - file.bytes)
      const id = newId()
      const handle = await open(partOf(id), 'wx', 0o600)
      await handle.close()
      const temporary = join(folder, `${id}.new`)
      await writeFile(temporary, JSON.stringify(file satisfies Note), { mode: 0o600, flush: true })
      await rename(temporary, noteOf(folder, id))
      return look(id)
    },

    async find(id) {
      await stopWriter(id)
      return look(id)
    },

    async append(id, offset, content) {
      await stopWriter(id)
      const stop = new AbortController()
      const ended = write(id, offset, content, stop.signal)
      const key = join(folder, id)
      const entry = { stop, ended: ended.catch(() => undefined) }
      writers.set(key, entry)
      try {
        return await ended
      } finally {
        if (writers.get(key) === entry) writers.delete(key)
      }
    },

    async received(id) {
      await stopWriter(id)
      const { name, bytes, offset } = await look(id)
      if (offset !== bytes) throw new Problem('uploads.not-complete', { file: name, received: offset, bytes })
      return { field: 'file', name, path: partOf(id), bytes, sha256: await digestOf(partOf(id)) }
    },

    async discard(id) {
      await stopWriter(id)
      await look(id)
      await remove(folder, id)
    },
  }
}

/** At its place in the file: written twice, it is the same. What came before a cut stays. */
async function copyInto(
  path: string,
  { offset, bytes }: PartialFile,
  content: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): Promise<void> {
  const handle = await open(path, 'r+')
  let position = offset
  let synced = offset
  try {
    for await (const chunk of untilStopped(content, signal)) {
      if (position + chunk.length > bytes) throw new Problem('uploads.too-long', { bytes })
      await handle.write(chunk, 0, chunk.length, position)
      position += chunk.length
      if (position - synced < SYNC_EVERY_BYTES) continue
      await handle.datasync()
      synced = position
    }
  } finally {
    await handle.sync().finally(() => handle.close())
  }
}

/** Ends with the content, when the line is cut, and when somebody else takes over. */
async function* untilStopped(content: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const iterator = content[Symbol.asyncIterator]()
  const stopped = new Promise<undefined>((resolve) => signal.addEventListener('abort', () => resolve(undefined), { once: true }))
  while (!signal.aborted) {
    const next = await Promise.race([iterator.next().catch(() => undefined), stopped])
    if (next === undefined || next.done) return
    yield next.value
  }
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer)
  return hash.digest('hex')
}

function noteOf(folder: string, id: string): string {
  return join(folder, `${id}.note`)
}

async function readNote(folder: string, id: string): Promise<Note | undefined> {
  const text = await readFile(noteOf(folder, id), 'utf8').catch(() => undefined)
  return text === undefined ? undefined : (JSON.parse(text) as Note)
}

async function idsIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => [])
  return [...new Set(names.map((name) => name.split('.')[0] ?? ''))].filter((id) => ID.test(id))
}

/** Those that rested longest go, until there is room for another that leaves `bytes` to the others. */
async function makeRoom(folder: string, bytes: number): Promise<void> {
  const files = await Promise.all(
    (await idsIn(folder)).map(async (id) => ({
      id,
      bytes: (await readNote(folder, id))?.bytes ?? 0,
      restsSince: (await stat(join(folder, `${id}.part`)).catch(() => undefined))?.mtimeMs ?? 0,
    })),
  )
  files.sort((a, b) => a.restsSince - b.restsSince)
  let left = files.reduce((sum, file) => sum + file.bytes, 0)
  for (const [index, file] of files.entries()) {
    if (files.length - index < MOST_UNFINISHED && left <= bytes) return
    await remove(folder, file.id)
    left -= file.bytes
  }
}

async function remove(folder: string, id: string): Promise<void> {
  await rm(noteOf(folder, id), { force: true })
  await rm(join(folder, `${id}.part`), { force: true })
  await rm(join(folder, `${id}.new`), { force: true })
}
