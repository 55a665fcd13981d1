/** Cancels a run that is being read. Nothing of it was visible, and nothing stays. */
import { type HttpResponse, seeOther } from '../../../../kernel/http.ts'
import { stopImportRun } from '../../../../modules/registry/index.ts'
import type { PageRequest } from '../../../site.tsx'

export async function cancelRun({ at, context, actor, params }: PageRequest): Promise<HttpResponse> {
  const runId = params.id ?? ''
  const wasHere = await context.imports.cancel(runId)
  // Read by another process, or left behind: the mark in the database stops it at its next batch.
  if (!wasHere) await context.operations.run(stopImportRun, { runId, outcome: 'cancelled' }, actor)
  return seeOther(at(`/imports/${runId}`))
}
