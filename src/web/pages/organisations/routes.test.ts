import { expect, test } from 'vitest'
import type { PageRequest } from '../../site.tsx'
import { organisationPages } from './routes.tsx'

test('the American spelling of the address leads to the same page with the same search', async () => {
  const locationOf = async (path: string, query: string, params = {}) => {
    const request = { at: (to: string) => `/en${to}`, query: new URLSearchParams(query), params } as unknown as PageRequest
    return await organisationPages.find((page) => page.path === path)?.handle(request)
  }
  expect(await locationOf('/organizations', 'q=bank')).toMatchObject({
    status: 303,
    headers: { location: '/en/organisations?q=bank' },
  })
  expect(await locationOf('/organizations/:id', '', { id: 'undp' })).toMatchObject({
    headers: { location: '/en/organisations/undp' },
  })
})
