/**
 * Received files and what a person has decided about them so far. A file is kept under the SHA-256 of its content, its draft beside
 * it as JSON: each step of an import is then an address that can be left and found again, also after a restart.
 */
import { copyFile, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isPublishedFile } from '../../interop/iati/index.ts'
import { isReleasePackage } from '../../interop/releases/index.ts'
import { parseMapping, type TableMapping } from '../../interop/tables/index.ts'
import type { UploadedFile } from '../../kernel/http.ts'
import { newId } from '../../kernel/ids.ts'
import { defineProblems, Problem } from '../../kernel/problems.ts'

defineProblems('imports', {
  'file-missing': { kind: 'missing', params: ['file'] },
  'kind-unknown': { kind: 'invalid', params: ['found', 'accepted'] },
  'nothing-in-folder': { kind: 'invalid', params: ['file'] },
})

/** What a person has decided: which sheets, which field each column fills, where the rows go. */
export interface ImportChoices {
  /** One mapping for each sheet that is to be read. */
  readonly mappings: readonly TableMapping[]
  readonly collection: {
    readonly key: string
    /** Names and state are those of a collection that does not exist yet. */
    readonly isNew: boolean
    readonly name: string
    readonly entryState: 'published' | 'submitted'
  }
  /** Language of the texts in the file, `und` when nobody has said it. */
  readonly language: string
  /** Name typed for the mapping, whether it was saved under it or not. */
  readonly mappingName?: string
  /** The person has said that the rows belong to no list year. */
  readonly withoutYear?: boolean
}

export interface ImportDraft {
  /** SHA-256 of the file's content. */
  readonly key: string
  /** As the person knows it. */
  readonly fileName: string
  readonly fileBytes: number
  /** A published file or a package of another instance has no columns to match; absent = a table. */
  readonly kind?: 'iati' | 'release'
  /** Instant of the upload, ISO. */
  readonly receivedAt: string
  readonly choices: ImportChoices | null
  /** Instant of the upload before this one of the very same file: its choices were taken over. */
  readonly resumedFrom?: string
  /** Run that has brought the rows in; the file then no longer waits. */
  readonly importedAs: string | null
}

export interface KeptFiles {
  /**
   * Keeps a received file and gives the key by which pages name it. A half-written file is never seen. What was decided about a file
   * of the same content stays.
   */
  keep(file: UploadedFile): Promise<string>
  /** Path of a kept file; a Problem when there is none. */
  pathOf(key: string): Promise<string>
  has(key: string): Promise<boolean>
  draftOf(key: string): Promise<ImportDraft>
  saveDraft(draft: ImportDraft): Promise<void>
  /** Files that were received and not imported yet, the newest first. */
  listWaiting(): Promise<ImportDraft[]>
  /** Removes the file and its draft. */
  discard(key: string): Promise<void>
}

const KEY = /^[0-9a-f]{64}$/

/** Where a check of a kept file writes what it finds. */
export function problemsFileOf(path: string): string {
  return `${path}.problems`
}

export function createKeptFiles(folder: string): KeptFiles {
  const fileOf = (key: string) => join(folder, key)
  const draftFileOf = (key: string) => join(folder, `${key}.json`)

  async function has(key: string): Promise<boolean> {
    if (!KEY.test(key)) return false
    return stat(fileOf(key)).then(
      (found) => found.isFile(),
      () => false,
    )
  }

  async function requireFile(key: string): Promise<void> {
    if (!(await has(key))) throw new Problem('imports.file-missing', { file: key.slice(0, 12) })
  }

  /** Written beside and renamed, so that a crash leaves the old one or the new one. */
  async function replace(path: string, write: (temporary: string) => Promise<void>): Promise<void> {
    const temporary = `${path}.${newId()}.part`
    await mkdir(folder, { recursive: true, mode: 0o700 })
    try {
      await write(temporary)
      await rename(temporary, path)
    } catch (error) {
      await rm(temporary, { force: true })
      throw error
    }
  }

  function saveDraft(draft: ImportDraft): Promise<void> {
    return replace(draftFileOf(draft.key), (path) => writeFile(path, JSON.stringify(draft), { mode: 0o600 }))
  }

  return {
    has,
    saveDraft,

    async keep(file) {
      const key = file.sha256
      await replace(fileOf(key), (path) => copyFile(file.path, path))
      const receivedAt = new Date().toISOString()
      const earlier = await readDraft(draftFileOf(key))
      await saveDraft({
        key,
        fileName: file.name,
        fileBytes: file.bytes,
        ...(await kindOf(fileOf(key))),
        receivedAt,
        choices: earlier?.choices ?? null,
        ...(earlier?.choices ? { resumedFrom: earlier.receivedAt } : {}),
        importedAs: null,
      })
      return key
    },

    async pathOf(key) {
      await requireFile(key)
      return fileOf(key)
    },

    async draftOf(key) {
      await requireFile(key)
      const draft = await readDraft(draftFileOf(key))
      if (!draft) throw new Problem('imports.file-missing', { file: key.slice(0, 12) })
      return draft
    },

    async listWaiting() {
      const names = await readdir(folder).catch(() => [])
      const drafts = await Promise.all(
        names.filter((name) => name.endsWith('.json')).map((name) => readDraft(join(folder, name))),
      )
      return drafts
        .filter((draft) => draft !== undefined)
        .filter((draft) => draft.importedAs === null)
        .sort((a, b) => (a.receivedAt < b.receivedAt ? 1 : -1))
    },

    async discard(key) {
      await requireFile(key)
      await rm(draftFileOf(key), { force: true })
      await rm(problemsFileOf(fileOf(key)), { force: true })
      await rm(fileOf(key), { force: true })
    },
  }
}

async function kindOf(path: string): Promise<Pick<ImportDraft, 'kind'>> {
  if (await isReleasePackage(path)) return { kind: 'release' }
  return (await isPublishedFile(path)) ? { kind: 'iati' } : {}
}

async function readDraft(path: string): Promise<ImportDraft | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const draft = JSON.parse(text) as ImportDraft
  if (draft.choices === null) return draft
  // A mapping saved by an older version may name fields that are gone: the file is then recognised anew.
  try {
    return { ...draft, choices: { ...draft.choices, mappings: draft.choices.mappings.map(parseMapping) } }
  } catch (error) {
    if (error instanceof Problem) return { ...draft, choices: null }
    throw error
  }
}
