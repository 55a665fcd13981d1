/** Takes the forms of the page: one or all marked as read, how often a digest comes. */
import { type HttpResponse, seeOther } from '../../../kernel/http.ts'
import { chooseDigest, DIGESTS, markNotificationsRead } from '../../../modules/access/index.ts'
import type { PageRequest } from '../../site.tsx'

export async function markFromForm({ form, context, actor, at }: PageRequest): Promise<HttpResponse> {
  const id = form.get('id')
  await context.operations.run(markNotificationsRead, id === null ? {} : { ids: [id] }, actor)
  return seeOther(`${at('/notifications')}?done=marked`)
}

export async function chooseFromForm({ form, context, actor, at }: PageRequest): Promise<HttpResponse> {
  const digest = DIGESTS.find((one) => one === form.get('digest'))
  // A value that is none is answered by the operation, which says what would be accepted.
  await context.operations.run(chooseDigest, { digest: digest ?? (form.get('digest') as 'none') }, actor)
  return seeOther(`${at('/notifications')}?done=saved`)
}
