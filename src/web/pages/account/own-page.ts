/** Pages about the own account are for whoever is signed in to one. */
import { type HttpResponse, seeOther } from '../../../kernel/http.ts'
import { Problem } from '../../../kernel/problems.ts'
import type { PageContent, PageDefinition, PageRequest } from '../../site.tsx'

type Handle = PageDefinition['handle']

export function ownPage(handle: (request: PageRequest) => Promise<PageContent | HttpResponse>): Handle {
  return async (request) => {
    const { actor, at } = request
    // Before the first account the person at this machine has none: there it is made.
    if (actor.kind === 'local') return seeOther(at('/setup'))
    if (actor.kind !== 'user') throw new Problem('operations.permission-lacking', { permission: 'access.own-account.read' })
    return handle(request)
  }
}
