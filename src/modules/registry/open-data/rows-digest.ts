/**
 * One hash for a set of rows: equal rows give equal hashes, in whatever order they come, on both engines and in every format. Each row
 * is written as canonical JSON and hashed (SHA-256); the hashes are sorted and hashed again (docs/guides/open-data.md).
 */
import { createHash, hash } from 'node:crypto'
import { canonicalJson } from '../../../kernel/canonical-json.ts'
import type { ListedInitiative } from '../listings/listed-initiative.ts'
import type { OpenFacts, OpenInitiative } from './open-rows.ts'

export interface RowsDigest {
  add(row: unknown): void
  /** A row of which the hash is known (`digestOfRow`). */
  addDigest(digest: string): void
  /** 64 hexadecimal digits; may be asked more than once. */
  value(): string
}

export function createRowsDigest(): RowsDigest {
  /** One character a byte: the smallest way to keep and sort them. */
  const digests: string[] = []
  return {
    add: (row) => void digests.push(digestOfRow(row)),
    addDigest: (digest) => void digests.push(digest),
    value() {
      return createHash('sha256').update(digests.sort().join(''), 'latin1').digest('hex')
    },
  }
}

/** 32 bytes, each as one character. */
export function digestOfRow(row: unknown): string {
  return hash('sha256', canonicalJson(row), 'binary')
}

/**
 * What a listing says, without the ids that each installation makes for itself and without the state of the record, which depends on
 * who looks.
 */
export function statedByListing({ id: _id, initiativeId: _initiativeId, state: _state, ...stated }: ListedInitiative): unknown {
  return stated
}

/** What an initiative says, without the ids of organisations, which each installation makes for itself. */
export function statedByInitiative({ collection, identifier, facts, dollars }: OpenInitiative): unknown {
  return { collection, identifier, dollars, facts: withoutOrgIds(facts) }
}

function withoutOrgIds({ reportingOrg, partners, agencyRoles, ...facts }: OpenFacts): unknown {
  return {
    ...facts,
    reportingOrg: reportingOrg && { ...reportingOrg, orgId: undefined },
    partners: partners?.map((partner) => ({ ...partner, orgId: undefined })),
    agencyRoles: agencyRoles?.map(({ role }) => ({ role })),
  }
}

export interface DigestedListings {
  readonly batches: AsyncGenerator<readonly ListedInitiative[]>
  readonly rows: () => number
  /** Hash of the rows that have passed: whole after the last batch. */
  readonly hash: () => string
}

/** The same rows, hashed on their way. */
export function digestListings(batches: AsyncIterable<readonly ListedInitiative[]>): DigestedListings {
  const digest = createRowsDigest()
  let rows = 0
  async function* passing() {
    for await (const batch of batches) {
      for (const listing of batch) digest.add(statedByListing(listing))
      rows += batch.length
      yield batch
    }
  }
  return { batches: passing(), rows: () => rows, hash: digest.value }
}
