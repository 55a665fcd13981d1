import type { Operation } from '../operations/index.ts'

/** Where an operation stands in the API: `registry.list-listings` is /api/registry/list-listings. */
export function pathOfOperation(operation: Pick<Operation, 'name'>): string {
  return `/api/${operation.name.replace('.', '/')}`
}
