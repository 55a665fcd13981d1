import { expect, test } from 'vitest'
import { loadSampleData } from '../../jobs/sample-data/load-sample-data.ts'
import {
  createCollection,
  exportReturnRecords,
  type InitiativeFacts,
  linkInitiatives,
  listListings,
  moveInitiative,
  type ReturnRecord,
  raiseObjection,
  registerInitiative,
} from '../../modules/registry/index.ts'
import { atRegistryDesk, type RegistryDesk } from '../../modules/registry/testing/registry-desk.ts'
import type { Actor } from '../../operations/index.ts'
import { buildReturns, RETURN_FORMS, receiptsByRecipient } from './index.ts'

const MISSION: InitiativeFacts = {
  title: { orig: 'en', texts: { en: 'Three experts on seeds' } },
  kind: 'action',
  reportingOrg: { name: 'Agency' },
  goals: [{ goal: '2' }],
  partners: [
    { no: '1', iso3: 'BRA', role: 'first_provider', partnerType: 'national_government' },
    { no: '2', iso3: 'KEN', role: 'recipient', partnerType: 'national_government' },
  ],
  contributions: [
    {
      no: '1',
      giver: '1',
      taker: '2',
      modality: 'expert',
      nature: 'delivery',
      period: { start: '2014' },
      quantity: { value: '30', unit: 'person_day' },
      valuations: [{ amount: '13800', currency: 'USD', basis: 'table' }],
    },
  ],
}

async function published(desk: RegistryDesk, facts: InitiativeFacts) {
  let record = await desk.run(registerInitiative, { collection: 'ours', facts, listed: [{ year: 2014 }] })
  for (const to of ['submitted', 'verified', 'published'] as const)
    record = await desk.run(moveInitiative, { id: record.id, version: record.version, to })
  return record
}

async function recordsOf(desk: RegistryDesk, collection: string): Promise<ReturnRecord[]> {
  const batches = await desk.run(exportReturnRecords, { filter: { values: { collection: [collection] } } })
  return (await Array.fromAsync(batches)).flat()
}

function inKind(records: readonly ReturnRecord[]): string | undefined {
  const { totals } = buildReturns(records, { year: 2014, lang: 'en' }).returns['sdg-17-3-1']
  return totals.find(({ key }) => key === 'a-in-kind')?.usd
}

test('what is not published is in no return', () =>
  atRegistryDesk(async (desk) => {
    await desk.run(createCollection, { key: 'ours' })
    await desk.run(registerInitiative, { collection: 'ours', facts: MISSION })
    expect(await recordsOf(desk, 'ours')).toEqual([])
  }))

test('8.3: experts worth 13,800 dollars count once though two records report them, and not while the recipient objects', () =>
  atRegistryDesk(async (desk) => {
    await desk.run(createCollection, { key: 'ours' })
    const one = await published(desk, MISSION)
    expect(inKind(await recordsOf(desk, 'ours'))).toBe('13800')
    const other = await published(desk, MISSION)
    expect(inKind(await recordsOf(desk, 'ours'))).toBe('27600')
    await desk.run(linkInitiatives, { oneId: one.id, otherId: other.id, reason: 'The same mission.' })
    const linked = await recordsOf(desk, 'ours')
    expect(linked.map(({ label, listedYears, leadingId }) => ({ label, listedYears, leadingId }))).toEqual([
      { label: 'SSC', listedYears: [2014], leadingId: one.id },
      { label: 'SSC', listedYears: [2014], leadingId: one.id },
    ])
    expect(inKind(linked)).toBe('13800')
    const kenya: Actor = {
      id: 'focal-ken',
      kind: 'user',
      name: 'KEN',
      grants: [{ role: 'national_focal_point', scope: 'country', scopeId: 'KEN', orgs: [], countries: ['KEN'] }],
    }
    await desk.run(raiseObjection, { initiativeId: one.id, country: 'KEN', kind: 'object', text: 'Not ours.' }, kenya)
    expect(inKind(await recordsOf(desk, 'ours'))).toBe('0')
  }))

test('the sample collections: nothing is worth anything there, every record says what it lacks, and each listed one is there', () =>
  atRegistryDesk(async (desk) => {
    const samples = await loadSampleData({ run: desk.run } as Parameters<typeof loadSampleData>[0], {
      id: 'local-administrator',
      kind: 'local',
      name: 'local-administrator',
    })
    for (const { portfolio } of samples) {
      const records = await recordsOf(desk, portfolio)
      const { total } = await desk.run(listListings, { filter: { values: { collection: [portfolio] } }, limit: 1 })
      expect([portfolio, records.length]).toEqual([portfolio, total])
      const { returns } = buildReturns(records, { year: undefined, lang: 'en' })
      for (const form of RETURN_FORMS) expect(new Set(returns[form].totals.map(({ usd }) => usd))).toEqual(new Set(['0']))
      const flowing = records.filter(({ facts }) => (facts.contributions ?? []).length > 0).length
      expect(returns.tossd.missing.filter(({ field }) => field === 'contributions')).toHaveLength(total - flowing)
      expect(receiptsByRecipient(returns['sdg-17-3-1'])).toEqual([])
    }
  }))
