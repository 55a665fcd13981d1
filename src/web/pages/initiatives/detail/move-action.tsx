/** Takes the forms of `MoveSection`. What was not accepted comes back on the same page, at the place of the action. */
import { problemText } from '../../../../i18n/problem-text.ts'
import type { HttpResponse } from '../../../../kernel/http.ts'
import { seeOther } from '../../../../kernel/http.ts'
import { Problem } from '../../../../kernel/problems.ts'
import { moveInitiative, movePhase, RECORD_STATES } from '../../../../modules/registry/index.ts'
import type { PageContent, PageRequest } from '../../../site.tsx'
import { renderDetail } from './detail-page.tsx'

export async function moveState(request: PageRequest): Promise<PageContent | HttpResponse> {
  const to = request.form.get('to') ?? ''
  const state = RECORD_STATES.find((one) => one === to)
  return act(request, async ({ context, actor }, id, version) => {
    const reason = request.form.get(`reason-${to}`)?.trim()
    await context.operations.run(
      moveInitiative,
      { id, version, to: state as NonNullable<typeof state>, ...(reason ? { reason } : {}) },
      actor,
    )
  })
}

export async function changePhase(request: PageRequest): Promise<PageContent | HttpResponse> {
  return act(request, async ({ context, actor }, id, version) => {
    const reason = request.form.get('reason-phase')?.trim()
    const to = (request.form.get('phase') ?? '') as 'pipeline'
    await context.operations.run(movePhase, { id, version, to, ...(reason ? { reason } : {}) }, actor)
  })
}

async function act(
  request: PageRequest,
  work: (request: PageRequest, id: string, version: number) => Promise<void>,
): Promise<PageContent | HttpResponse> {
  const id = request.params.id ?? ''
  try {
    await work(request, id, Number(request.form.get('version')))
    return seeOther(`${request.at(`/initiatives/${id}`)}?done=moved`)
  } catch (error) {
    if (!(error instanceof Problem) || (error.kind !== 'invalid' && error.kind !== 'conflict')) throw error
    const said = error.details.length > 0 ? error.details : [error]
    return renderDetail(request, {
      problem: { status: error.kind === 'conflict' ? 409 : 422, messages: said.map((one) => problemText(request.t, one)) },
    })
  }
}
