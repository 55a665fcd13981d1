/** What the table of roles says about a call, read without the policy: the test must not ask the code that it tests. */
import { PERMISSIONS, type Reach, ROLE_TABLE, type Role } from '../../src/modules/access/index.ts'
import type { Operation } from '../../src/operations/index.ts'
import type { Side } from './access-desk.ts'
import type { Fixture } from './fixtures/fixture.ts'

export type Expected = 'permitted' | 'refused' | 'permitted, if it may be seen'

export function permissionOf(operation: Operation, input: unknown): string {
  return typeof operation.permission === 'string' ? operation.permission : operation.permission.of(operation.input.parse(input))
}

type Row = Readonly<Partial<Record<Role, Readonly<Partial<Record<string, Reach>>>>>>

export function reachesOf(permission: string, role: Role): Reach[] {
  const meaning = PERMISSIONS[permission]
  if (!meaning) throw new Error(`${permission} is not in PERMISSIONS`)
  const row = ROLE_TABLE[meaning.object].cells as Row
  const held: readonly Role[] = role === 'public' ? ['public'] : ['member', role]
  return held.flatMap((one) => row[one]?.administer ?? row[one]?.[meaning.right] ?? [])
}

export function expectedOf({ about }: Fixture, permission: string, role: Role, side: Side): Expected {
  const reaches = reachesOf(permission, role)
  if (reaches.length === 0) return 'refused'
  if (reaches.includes('all') || about === 'nothing') return 'permitted'
  if (reaches.includes('network') || reaches.includes('public')) {
    return side.name === 'shown' && role !== 'public' ? 'permitted' : 'permitted, if it may be seen'
  }
  return side.name === 'own' ? 'permitted' : 'refused'
}
