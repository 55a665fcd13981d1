/** Takes a link away from the page of an initiative; without a reason the page comes again and asks for it. */
import { problemText } from '../../../../i18n/problem-text.ts'
import { type HttpResponse, seeOther } from '../../../../kernel/http.ts'
import { Problem } from '../../../../kernel/problems.ts'
import { unlinkInitiatives } from '../../../../modules/registry/index.ts'
import type { PageContent, PageRequest } from '../../../site.tsx'
import { renderDetail } from './detail-page.tsx'

export async function unlinkFromForm(request: PageRequest): Promise<PageContent | HttpResponse> {
  const { t, at, context, actor, form, params } = request
  try {
    const input = { linkId: form.get('link') ?? '', reason: form.get('reason') ?? '' }
    await context.operations.run(unlinkInitiatives, input, actor)
    return seeOther(`${at(`/initiatives/${params.id ?? ''}`)}?done=unlinked`)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const [reason] = error.details.filter(({ place }) => place?.field === 'reason')
    if (!reason) throw error
    return renderDetail(request, { unlinkRefused: problemText(t, reason) })
  }
}
