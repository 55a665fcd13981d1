/** Takes the forms of `MoveSection`. What was not accepted comes back on top of the same page, with all reasons at once. */
import { problemText } from '../../../../i18n/problem-text.ts'
import type { HttpResponse } from '../../../../kernel/http.ts'
import { seeOther } from '../../../../kernel/http.ts'
import { Problem, type ProblemReport } from '../../../../kernel/problems.ts'
import { moveInitiative, movePhase, RECORD_STATES } from '../../../../modules/registry/index.ts'
import { fieldId } from '../../../components/index.ts'
import { withNames } from '../../../people-names.ts'
import type { PageContent, PageRequest } from '../../../site.tsx'
import { FIELDS_OF_FIX } from '../form/form-places.ts'
import { renderDetail } from './detail-page.tsx'
import type { RefusedReason } from './refused-notice.tsx'

export async function moveState(request: PageRequest): Promise<PageContent | HttpResponse> {
  const to = request.form.get('to') ?? ''
  const state = RECORD_STATES.find((one) => one === to)
  return act(request, `reason-${to}`, async ({ context, actor }, id, version) => {
    const reason = request.form.get(`reason-${to}`)?.trim()
    await context.operations.run(
      moveInitiative,
      { id, version, to: state as NonNullable<typeof state>, ...(reason ? { reason } : {}) },
      actor,
    )
  })
}

export async function changePhase(request: PageRequest): Promise<PageContent | HttpResponse> {
  return act(request, 'reason-phase', async ({ context, actor }, id, version) => {
    const reason = request.form.get('reason-phase')?.trim()
    const to = (request.form.get('phase') ?? '') as 'pipeline'
    await context.operations.run(movePhase, { id, version, to, ...(reason ? { reason } : {}) }, actor)
  })
}

async function act(
  request: PageRequest,
  /** Name of the field that asks for the reason of this action. */
  reasonField: string,
  work: (request: PageRequest, id: string, version: number) => Promise<void>,
): Promise<PageContent | HttpResponse> {
  const id = request.params.id ?? ''
  try {
    await work(request, id, Number(request.form.get('version')))
    return seeOther(`${request.at(`/initiatives/${id}`)}?done=moved`)
  } catch (thrown) {
    const error = await withNames(request, thrown)
    if (!(error instanceof Problem) || (error.kind !== 'invalid' && error.kind !== 'conflict')) throw error
    const said = error.details.length > 0 ? error.details : [error]
    const reasons = said.map((one) => reasonOf(request, id, one, reasonField))
    return renderDetail(request, { problem: { status: error.kind === 'conflict' ? 409 : 422, reasons } })
  }
}

function reasonOf({ t, at }: PageRequest, id: string, problem: Problem | ProblemReport, reasonField: string): RefusedReason {
  const message = problemText(t, problem)
  const field = problem.place?.field?.split('.')[0]
  if (field === undefined) return { message }
  if (field === 'reason') return { message, href: `#${fieldId(reasonField)}`, field: reasonField }
  const place = FIELDS_OF_FIX[field]
  return place === undefined ? { message } : { message, href: `${at(`/initiatives/${id}/edit`)}#${place}` }
}
