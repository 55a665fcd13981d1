import { expect, test } from 'vitest'
import type { Actor } from '../../../operations/index.ts'
import { registerOrg } from '../../directory/index.ts'
import { atRegistryDesk } from '../testing/registry-desk.ts'
import { createCollection } from './create-collection.ts'

function focalPoint(orgs: readonly string[]): Actor {
  const grants = [{ role: 'national_focal_point', scope: 'country' as const, scopeId: 'BEN', orgs, countries: ['BEN'] }]
  return { id: 'amina', kind: 'user', name: 'Amina', grants }
}

test('a country without a government organisation in the directory is told what is missing; with one it owns the collection', () =>
  atRegistryDesk(async (desk) => {
    const ours = { key: 'ours' }
    await expect(desk.run(createCollection, ours, focalPoint([]))).rejects.toMatchObject({ code: 'registry.owner-needed' })

    const names = { orig: 'en', texts: { en: 'Ministry of Benin' } }
    const { id } = await desk.run(registerOrg, { names, orgType: '10', countryCode: 'BEN' }, focalPoint([]))
    expect(await desk.run(createCollection, ours, focalPoint([id]))).toMatchObject({ ownerOrg: id })
  }))

test('a member without a role, and a focal point who names the organisation of another, lack the permission', () =>
  atRegistryDesk(async (desk) => {
    const member: Actor = { id: 'juma', kind: 'user', name: 'Juma', grants: [] }
    const lacking = { code: 'operations.permission-lacking' }
    await expect(desk.run(createCollection, { key: 'ours' }, member)).rejects.toMatchObject(lacking)
    const foreign = { key: 'ours', ownerOrg: 'another' }
    await expect(desk.run(createCollection, foreign, focalPoint([]))).rejects.toMatchObject(lacking)
  }))
