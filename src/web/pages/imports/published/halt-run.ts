/** Pauses a run that is being read, and goes on with one that was paused. */
import { type HttpResponse, seeOther } from '../../../../kernel/http.ts'
import { pauseImportRun } from '../../../../modules/registry/index.ts'
import type { PageRequest } from '../../../site.tsx'

/** The mark in the database halts it within two seconds, whoever reads it. */
export async function pauseRun({ at, context, actor, params }: PageRequest): Promise<HttpResponse> {
  const runId = params.id ?? ''
  await context.operations.run(pauseImportRun, { runId }, actor)
  return seeOther(at(`/imports/${runId}`))
}

export async function resumeRun({ at, context, actor, params }: PageRequest): Promise<HttpResponse> {
  const run = await context.imports.resume(params.id ?? '', actor)
  return seeOther(at(`/imports/${run.id}`))
}
