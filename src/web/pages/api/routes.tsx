/** Addresses of the pages about the API, made from its description. */
import { Problem } from '../../../kernel/problems.ts'
import type { PageDefinition } from '../../site.tsx'
import { apiPage } from './api-page.tsx'
import { type ApiDescription, describedOperations } from './described-operations.ts'
import { operationPage } from './operation-page.tsx'

export function apiPages(description: ApiDescription): readonly PageDefinition[] {
  const operations = describedOperations(description)
  return [
    { path: '/api', handle: async (request) => apiPage(request, operations) },
    {
      path: '/api/:operation',
      async handle(request) {
        const operation = operations.find(({ name }) => name === request.params.operation)
        if (!operation) throw new Problem('http.page-missing', { path: request.path })
        return operationPage(request, operation)
      },
    },
  ]
}
