import type { Operation } from '../operations/index.ts'

/** Where an operation stands in the API: `registry.list-listings` is /api/registry/list-listings. */
export function pathOfOperation(operation: Pick<Operation, 'name'>): string {
  return `/api/${operation.name.replace('.', '/')}`
}

/** Further addresses, for what many programs ask again and again. */
export const SHORT_PATHS: Readonly<Record<string, readonly string[]>> = {
  'registry.list-changes': ['/api/changes'],
}
