/** Cancels a run that is being read. Nothing of it was visible, and nothing stays. */
import { type HttpResponse, seeOther } from '../../../../kernel/http.ts'
import { stopImportRun } from '../../../../modules/registry/index.ts'
import type { PageRequest } from '../../../site.tsx'

export async function cancelRun({ at, context, actor, params }: PageRequest): Promise<HttpResponse> {
  const runId = params.id ?? ''
  // Asks first whether the run is the actor's to stop. The mark in the database stops it at its next batch, whoever reads it.
  await context.operations.run(stopImportRun, { runId, outcome: 'cancelled' }, actor)
  await context.imports.cancel(runId)
  return seeOther(at(`/imports/${runId}`))
}
