/** Whoever follows the feed of changes holds what the list shows them, and never hears of what they could not see. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  applyImportRun,
  createCollection,
  createRowNamer,
  type ListingPage,
  listListings,
  moveInitiative,
  RECORD_STATES,
  type RecordState,
  registerInitiative,
  reviseInitiative,
  stageImportRows,
  startImportRun,
  undoImportRun,
} from '../../src/modules/registry/index.ts'
import { type Actor, ANONYMOUS, LOCAL_ADMINISTRATOR } from '../../src/operations/index.ts'
import { type ApiSite, factsIn, openApiSite } from './api-site.ts'

let site: ApiSite
let officer: Actor
let focal: Actor

beforeAll(async () => {
  site = await openApiSite()
  officer = await site.addPerson('officer', [{ role: 'admin', scope: 'instance' }])
  focal = await site.addPerson('focal', [{ role: 'national_focal_point', scope: 'country', scopeId: 'KEN' }])
  await site.operations.run(createCollection, { key: 'ours' }, LOCAL_ADMINISTRATOR)
})
afterAll(() => site.close())

interface Page {
  readonly reset: boolean
  readonly changes: readonly {
    readonly kind: 'changed' | 'removed'
    readonly id: string
    readonly listings?: readonly { id: string }[]
  }[]
  readonly next: string
  readonly more: boolean
}

/** A copy as a program keeps it: the listings of each initiative, from the feed alone. */
class Copy {
  readonly listingsOf = new Map<string, readonly { id: string }[]>()
  readonly heardOf = new Set<string>()
  resets = 0
  private since: string | undefined
  private readonly limit: number
  private reader: Actor

  constructor(reader: Actor, limit: number) {
    this.reader = reader
    this.limit = limit
  }

  /** The program goes on under another name. */
  goOnAs(reader: Actor): void {
    this.reader = reader
  }

  async catchUp(): Promise<void> {
    for (let more = true; more; ) {
      const query = new URLSearchParams({ limit: String(this.limit), ...(this.since === undefined ? {} : { since: this.since }) })
      const answer = await site.get(`/api/changes?${query}`, this.reader === ANONYMOUS ? {} : { as: this.reader })
      expect(answer.status).toBe(200)
      const page = answer.body as unknown as Page
      this.apply(page)
      more = page.more
    }
  }

  private apply(page: Page): void {
    if (page.reset) {
      this.listingsOf.clear()
      this.resets += 1
    }
    for (const { kind, id, listings = [] } of page.changes) {
      this.heardOf.add(id)
      if (kind === 'changed') this.listingsOf.set(id, listings)
      else this.listingsOf.delete(id)
    }
    this.since = page.next
  }

  ids(): string[] {
    return [...this.listingsOf.values()]
      .flat()
      .map(({ id }) => id)
      .sort()
  }
}

async function listedIds(reader: Actor): Promise<string[]> {
  const ids: string[] = []
  for (let cursor: string | undefined; ; ) {
    const page: ListingPage = await site.operations.run(
      listListings,
      { filter: { values: { state: [...RECORD_STATES] } }, limit: 500, ...(cursor === undefined ? {} : { cursor }) },
      reader,
    )
    ids.push(...page.rows.map(({ id }) => id))
    if (page.next === null) return ids.sort()
    cursor = page.next
  }
}

async function given(
  hosts: readonly string[],
  states: readonly RecordState[],
  visibility?: 'public' | 'group',
): Promise<{ id: string; version: number }> {
  let record = await site.operations.run(
    registerInitiative,
    {
      collection: 'ours',
      facts: factsIn(hosts),
      listed: [{ year: 2025 }, { year: 2026 }],
      ...(visibility ? { visibility } : {}),
    },
    LOCAL_ADMINISTRATOR,
  )
  for (const to of states) record = await move(record, to)
  return record
}

function move({ id, version }: { id: string; version: number }, to: RecordState) {
  return site.operations.run(moveInitiative, { id, version, to, reason: 'as agreed' }, LOCAL_ADMINISTRATOR)
}

const PUBLISHED: readonly RecordState[] = ['submitted', 'verified', 'published']

async function imported(count: number, word: string): Promise<string> {
  const run = <I, O>(operation: Parameters<typeof site.operations.run>[0], input: I) =>
    site.operations.run(operation as never, input as never, LOCAL_ADMINISTRATOR) as Promise<O>
  const { id } = await run<unknown, { id: string }>(startImportRun as never, {
    collection: { key: 'ours' },
    fileName: 'a.csv',
    fileDigest: word,
    fileBytes: 1,
    format: 'csv',
  })
  const name = createRowNamer()
  const rows = Array.from({ length: count }, (_, seq) =>
    name({
      seq,
      identifier: `${word}-${seq}`,
      facts: { hosts: ['PER'] },
      listed: { year: 2020, sourceRow: seq + 2, revision: null, groupKey: null },
    }),
  )
  await run(stageImportRows as never, { runId: id, rows, problems: [], rowsRead: count, rejected: 0 })
  await run(applyImportRun as never, { runId: id })
  return id
}

describe('the feed of changes', () => {
  test('a cursor that we did not write is refused', async () => {
    for (const since of ['', '0', '999999', 'x'.repeat(2_000), Buffer.from('{"seq":0,"sight":""}').toString('base64url')]) {
      expect(await site.get(`/api/changes?${new URLSearchParams({ since })}`)).toMatchObject({
        status: 422,
        body: { code: 'paging.cursor-not-accepted' },
      })
    }
    expect(await site.get('/api/changes?limit=501')).toMatchObject({ status: 422 })
    expect(await site.get('/api/changes?collections=none')).toMatchObject({ status: 404 })
  })

  test('what is taken from the public is removed for the public; who could never see it never hears its id', async () => {
    const copy = new Copy(ANONYMOUS, 2)
    await copy.catchUp()
    const shown = await given(['KEN'], PUBLISHED, 'public')
    const hidden = await given(['KEN'], ['submitted'], 'group')
    await copy.catchUp()
    expect(copy.listingsOf.has(shown.id)).toBe(true)
    await move(shown, 'withdrawn')
    await move(hidden, 'verified')
    await copy.catchUp()
    expect(copy.listingsOf.has(shown.id)).toBe(false)
    expect(copy.heardOf.has(shown.id)).toBe(true)
    expect(copy.heardOf.has(hidden.id)).toBe(false)
  })

  test('every record of an import comes; an import that is undone begins the copy anew', async () => {
    const copy = new Copy(officer, 7)
    await copy.catchUp()
    const run = await imported(30, 'batch')
    await copy.catchUp()
    expect(copy.ids()).toEqual(await listedIds(officer))
    expect(copy.resets).toBe(1)
    await site.operations.run(undoImportRun, { runId: run }, LOCAL_ADMINISTRATOR)
    await copy.catchUp()
    expect(copy.resets).toBe(2)
    expect(copy.ids()).toEqual(await listedIds(officer))
  })

  test('with other rights the copy begins anew', async () => {
    const copy = new Copy(focal, 50)
    await copy.catchUp()
    const more: Actor = await site.addPerson('more', [{ role: 'national_focal_point', scope: 'country', scopeId: 'PER' }])
    copy.goOnAs(more)
    await copy.catchUp()
    expect(copy.resets).toBe(2)
    expect(copy.ids()).toEqual(await listedIds(more))
  })

  test('readers who follow while many write hold in the end what the list shows each of them', async () => {
    const copies = [ANONYMOUS, focal, officer].map((reader) => ({ reader, copy: new Copy(reader, 5) }))
    let writing = true
    const neverShown: string[] = []
    const writer = async (start: number) => {
      for (let step = start; step < start + 12; step += 1) {
        const kind = step % 4
        if (kind === 0) await given(['KEN'], PUBLISHED)
        if (kind === 1) neverShown.push((await given(['PER'], ['submitted'], 'group')).id)
        if (kind === 2) await move(await given(['PER'], PUBLISHED), 'withdrawn')
        if (kind === 3) {
          const { id, version } = await given(['KEN'], PUBLISHED)
          await site.operations.run(reviseInitiative, { id, version, facts: factsIn(['KEN', 'UGA']) }, LOCAL_ADMINISTRATOR)
        }
      }
    }
    const writers = Promise.all([writer(0), writer(1), writer(2), imported(20, 'at-once')]).finally(() => {
      writing = false
    })
    await Promise.all(
      copies.map(async ({ copy }) => {
        while (writing) await copy.catchUp()
      }),
    )
    await writers
    for (const { reader, copy } of copies) {
      await copy.catchUp()
      expect(copy.ids()).toEqual(await listedIds(reader))
      expect(copy.resets).toBe(1)
    }
    const heard = copies.filter(({ reader }) => reader !== officer).flatMap(({ copy }) => [...copy.heardOf])
    expect(neverShown.length).toBeGreaterThan(5)
    expect(heard.filter((id) => neverShown.includes(id))).toEqual([])
  }, 120_000)
})
