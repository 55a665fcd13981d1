import { expect, test } from 'vitest'
import { getImportRun, startImportRun } from '../../../../modules/registry/index.ts'
import { atRegistryDesk, type RegistryDesk } from '../../../../modules/registry/testing/registry-desk.ts'
import { type Actor, LOCAL_ADMINISTRATOR } from '../../../../operations/index.ts'
import type { PageRequest } from '../../../site.tsx'
import { cancelRun } from './cancel-run.ts'

const FOREIGN: Actor = {
  id: 'foreign',
  kind: 'user',
  name: 'Foreign',
  grants: [{ role: 'entity_focal_point', scope: 'entity', scopeId: 'office', orgs: ['office'], countries: [] }],
}

/** Stands for the import that this process reads: notes which runs were told to stop. */
function pressed(desk: RegistryDesk, actor: Actor, id: string, stopped: string[]) {
  const imports = { cancel: async (runId: string) => void stopped.push(runId) }
  const operations = { run: desk.run }
  const request = { at: (path: string) => path, params: { id }, actor, context: { imports, operations } }
  return cancelRun(request as unknown as PageRequest)
}

test('the import of somebody else is refused and goes on; the own one stops', () =>
  atRegistryDesk(async (desk) => {
    const file = { fileName: 'rows.csv', fileDigest: 'd', fileBytes: 1, format: 'csv' }
    const { id } = await desk.run(startImportRun, { collection: { key: 'country-reports' }, ...file })
    const stopped: string[] = []
    await expect(pressed(desk, FOREIGN, id, stopped)).rejects.toMatchObject({ code: 'operations.permission-lacking' })
    expect(stopped).toEqual([])
    expect(await desk.run(getImportRun, { id })).toMatchObject({ run: { state: 'staging' } })
    expect(await pressed(desk, LOCAL_ADMINISTRATOR, id, stopped)).toMatchObject({ status: 303 })
    expect(stopped).toEqual([id])
    expect(await desk.run(getImportRun, { id })).toMatchObject({ run: { state: 'cancelled' } })
  }))
