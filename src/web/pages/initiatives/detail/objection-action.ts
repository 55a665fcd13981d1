/** Takes the forms of `ObjectionsSection`. What was not accepted comes back on the same page, with what was typed and all reasons. */
import { problemText } from '../../../../i18n/problem-text.ts'
import { type HttpResponse, seeOther } from '../../../../kernel/http.ts'
import { Problem, type ProblemReport } from '../../../../kernel/problems.ts'
import { answerObjection, raiseObjection, settleObjection } from '../../../../modules/registry/index.ts'
import { fieldId } from '../../../components/index.ts'
import type { PageContent, PageRequest } from '../../../site.tsx'
import { renderDetail } from './detail-page.tsx'
import type { RefusedReason } from './refused-notice.tsx'

export function raiseFromForm(request: PageRequest): Promise<PageContent | HttpResponse> {
  const { form, params, context, actor } = request
  return act(
    request,
    'raised',
    (field) => field,
    async () => {
      await context.operations.run(
        raiseObjection,
        {
          initiativeId: params.id ?? '',
          country: form.get('country') ?? '',
          kind: (form.get('kind') ?? '') as 'object',
          text: form.get('text') ?? '',
        },
        actor,
      )
    },
  )
}

export function answerFromForm(request: PageRequest): Promise<PageContent | HttpResponse> {
  const { form, context, actor } = request
  const id = form.get('id') ?? ''
  const mended = form.get(`version-${id}`)?.trim()
  const fields: Readonly<Record<string, string>> = { text: `answer-${id}`, recordVersion: `version-${id}` }
  return act(
    request,
    'answered',
    (field) => fields[field],
    async () => {
      await context.operations.run(
        answerObjection,
        {
          id,
          version: Number(form.get('version')),
          text: form.get(`answer-${id}`) ?? '',
          ...(mended ? { recordVersion: Number(mended) } : {}),
        },
        actor,
      )
    },
  )
}

export function settleFromForm(request: PageRequest): Promise<PageContent | HttpResponse> {
  const { form, context, actor } = request
  const id = form.get('id') ?? ''
  const remark = form.get(`remark-${id}`)?.trim()
  return act(
    request,
    'settled',
    (field) => (field === 'remark' ? `remark-${id}` : undefined),
    async () => {
      await context.operations.run(
        settleObjection,
        { id, version: Number(form.get('version')), to: (form.get('to') ?? '') as 'closed', ...(remark ? { remark } : {}) },
        actor,
      )
    },
  )
}

async function act(
  request: PageRequest,
  done: 'raised' | 'answered' | 'settled',
  /** Name on the page of a field of the operation. */
  fieldOnPage: (field: string) => string | undefined,
  work: () => Promise<void>,
): Promise<PageContent | HttpResponse> {
  const id = request.params.id ?? ''
  try {
    await work()
    return seeOther(`${request.at(`/initiatives/${id}`)}?done=objection-${done}#objections`)
  } catch (error) {
    if (!(error instanceof Problem) || (error.kind !== 'invalid' && error.kind !== 'conflict')) throw error
    const said = error.details.length > 0 ? error.details : [error]
    const reasons = said.map((one) => reasonOf(request, one, fieldOnPage))
    return renderDetail(request, { problem: { status: error.kind === 'conflict' ? 409 : 422, reasons } })
  }
}

function reasonOf(
  { t }: PageRequest,
  problem: Problem | ProblemReport,
  fieldOnPage: (field: string) => string | undefined,
): RefusedReason {
  const message = problemText(t, problem)
  const field = problem.place?.field === undefined ? undefined : fieldOnPage(problem.place.field)
  return field === undefined ? { message } : { message, href: `#${fieldId(field)}`, field }
}
