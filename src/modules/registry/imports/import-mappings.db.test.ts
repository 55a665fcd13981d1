import { expect, test } from 'vitest'
import { type Actor, LOCAL_ADMINISTRATOR } from '../../../operations/index.ts'
import { listImportMappings, saveImportMapping } from '../index.ts'
import { atRegistryDesk } from '../testing/registry-desk.ts'

function focalPoint(id: string, country: string): Actor {
  const grant = { role: 'national_focal_point', scope: 'country', scopeId: country, orgs: [], countries: [country] } as const
  return { id, kind: 'user', name: id, grants: [grant] }
}

const ADA = focalPoint('ada', 'KEN')
const BEN = focalPoint('ben', 'BRA')
const SECRETARIAT: Actor = {
  id: 'sam',
  kind: 'user',
  name: 'Sam',
  grants: [{ role: 'secretariat', scope: 'instance', scopeId: null, orgs: [], countries: [] }],
}

test('the mapping of another is refused and stays as it is; the own one is replaced', () =>
  atRegistryDesk(async (desk) => {
    expect(await desk.run(saveImportMapping, { name: 'yearly', mapping: { of: 'ada' } }, ADA)).toMatchObject({ version: 1 })
    await expect(desk.run(saveImportMapping, { name: 'yearly', mapping: { of: 'ben' } }, BEN)).rejects.toMatchObject({
      code: 'registry.mapping-of-another',
      kind: 'conflict',
      params: { name: 'yearly', by: 'ada' },
      place: { field: 'name' },
    })
    expect(await desk.run(saveImportMapping, { name: 'yearly', mapping: { of: 'ada, again' } }, ADA)).toMatchObject({
      version: 2,
    })
    expect(await desk.run(listImportMappings, {})).toMatchObject([
      { name: 'yearly', mapping: { of: 'ada, again' }, updatedBy: 'ada' },
    ])
  }))

test.each([SECRETARIAT, LOCAL_ADMINISTRATOR])('whoever sees everything replaces any mapping: $name', (actor) =>
  atRegistryDesk(async (desk) => {
    await desk.run(saveImportMapping, { name: 'yearly', mapping: {} }, ADA)
    expect(await desk.run(saveImportMapping, { name: 'yearly', mapping: {} }, actor)).toMatchObject({ version: 2 })
  }),
)
