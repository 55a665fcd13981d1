/**
 * Does the searches that wait, one after the other, in the process that calls it: reads without a transaction, compares with breaths in
 * between, and keeps the pairs in batches of their own transactions. A process that dies in the middle costs nothing: after 15 seconds
 * of silence the search is begun anew, and what was kept is the same again.
 *
 * 100,000 records take 13 seconds on a server and 20 on the embedded engine (2 cores, 2026-11-25); nobody waits for it.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { digestOf } from '../../../credentials/index.ts'
import { newId } from '../../../kernel/ids.ts'
import { Problem } from '../../../kernel/problems.ts'
import { type Operations, PROGRAM } from '../../../operations/index.ts'
import type { LinkSearch } from './link-search.ts'
import { findLinkProposals, keepLinkProposals, takeLinkSearch } from './link-search-steps.ts'
import { getLinkSearch } from './propose-links.ts'

/** Pairs in one transaction: a tenth of a second. */
const BATCH = 500
const SIGN_OF_LIFE_MS = 3_000

export interface LinkSearchOptions {
  /** Ends between two steps; the search is then begun anew by whoever comes next. */
  readonly signal?: AbortSignal
  /** Each that has ended. */
  readonly onEnd?: (search: LinkSearch) => void
}

/** Gives how many were done. What fails is noted with its search and does not keep the next one waiting. */
export async function runLinkSearches(
  operations: Pick<Operations, 'run'>,
  { signal, onEnd }: LinkSearchOptions = {},
): Promise<number> {
  const holder = newId()
  for (let done = 0; ; done += 1) {
    const search = signal?.aborted ? null : await operations.run(takeLinkSearch, { holder }, PROGRAM)
    if (!search) return done
    await runSearch(operations, search, holder, signal)
    const ended = await operations.run(getLinkSearch, { id: search.id }, PROGRAM)
    if (ended) onEnd?.(ended)
  }
}

async function runSearch(
  operations: Pick<Operations, 'run'>,
  search: LinkSearch,
  holder: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  type Step = Omit<Parameters<typeof keepLinkProposals.run>[1], 'searchId' | 'holder' | 'links' | 'gone'>
  const keep = async (step: Step & { links?: readonly object[]; gone?: readonly string[] }) => {
    const input = { searchId: search.id, holder, ...step } as Parameters<typeof keepLinkProposals.run>[1]
    return (await operations.run(keepLinkProposals, input, PROGRAM)).isHeld && !signal?.aborted
  }
  const ended = new AbortController()
  const signs = sayAlive(() => keep({}), ended.signal)
  try {
    const collection = search.collection === null ? {} : { collection: search.collection }
    const { records, likely, links, gone } = await operations.run(findLinkProposals, collection, PROGRAM)
    if (!(await keep({ found: { records, likely, pairs: links.length } }))) return
    for (let at = 0; at < gone.length; at += BATCH) if (!(await keep({ gone: gone.slice(at, at + BATCH) }))) return
    for (let at = 0; at < links.length; at += BATCH) if (!(await keep({ links: links.slice(at, at + BATCH) }))) return
    await keep({ end: { digest: digestOf(links.map(({ one, other, score }) => `${one} ${other} ${score}`).join('\n')) } })
  } catch (error) {
    const failure =
      error instanceof Problem ? { code: error.code, params: error.params } : { code: 'linking.search-failed', params: {} }
    await keep({ end: { failure } }).catch(() => false)
    if (!(error instanceof Problem)) throw error
  } finally {
    ended.abort()
    await signs
  }
}

/** A sign that cannot be given now is given later. */
async function sayAlive(say: () => Promise<unknown>, ended: AbortSignal): Promise<void> {
  while (!ended.aborted) {
    await wait(SIGN_OF_LIFE_MS, undefined, { signal: ended, ref: false }).catch(() => undefined)
    if (!ended.aborted) await say().catch(() => undefined)
  }
}
