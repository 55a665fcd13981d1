/** Every operation of the program: whatever an index of a module exports, and what its list of operations holds. */
import { PUBLIC_OPERATIONS } from '../../src/app/public-operations.ts'
import * as access from '../../src/modules/access/index.ts'
import * as coordination from '../../src/modules/coordination/index.ts'
import * as directory from '../../src/modules/directory/index.ts'
import * as registry from '../../src/modules/registry/index.ts'
import * as reporting from '../../src/modules/reporting/index.ts'
import * as results from '../../src/modules/results/index.ts'
import * as sources from '../../src/modules/sources/index.ts'
import type { Operation } from '../../src/operations/index.ts'

export function everyOperation(): Operation[] {
  const exported = [access, coordination, directory, registry, reporting, results, sources].flatMap((module) =>
    Object.values(module).flatMap(listed),
  )
  const found = new Map<string, Operation>()
  for (const candidate of [...PUBLIC_OPERATIONS, ...exported]) if (isOperation(candidate)) found.set(candidate.name, candidate)
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** An operation alone, or a list or record of them. */
function listed(value: unknown): unknown[] {
  if (Array.isArray(value)) return value
  return typeof value === 'object' && value !== null && !isOperation(value) ? Object.values(value) : [value]
}

function isOperation(value: unknown): value is Operation {
  return typeof value === 'object' && value !== null && 'permission' in value && 'run' in value && 'name' in value
}

const byName = new Map(everyOperation().map((operation) => [operation.name, operation]))

/** Undefined: there is none of that name; its fixture is then left out. */
export function operationNamed(name: string): Operation | undefined {
  return byName.get(name)
}
