/** Starts the import of a published file, or a check of it that stores nothing. */
import type { ImportDraft } from '../../../../jobs/imports/kept-files.ts'
import { type HttpResponse, seeOther } from '../../../../kernel/http.ts'
import { localizedText } from '../../../../kernel/localized-text.ts'
import { listCollectionsQuery } from '../../../../modules/registry/index.ts'
import type { PageContent, PageRequest } from '../../../site.tsx'
import { publishedFilePage } from './file-page.tsx'
import { readTarget, type Target } from './target.ts'

export async function startPublished(request: PageRequest, draft: ImportDraft): Promise<PageContent | HttpResponse> {
  const { t, at, context, actor, form, may } = request
  const collections = await context.operations.run(listCollectionsQuery, {}, actor)
  const { target, errors } = readTarget(form, collections, may('registry.initiative.publish'), t)
  if (errors.length > 0) return publishedFilePage(request, draft, { target, errors })
  const kept = context.imports.of(actor)
  const decided: ImportDraft = { ...draft, choices: { mappings: [], collection: target, language: 'und' } }
  await kept.saveDraft(decided)
  const file = { ...(await fileOf(request, decided)), portfolio: target.key }
  const address = at(`/imports/new/${draft.key}`)
  if (form.get('do') === 'check') {
    context.imports.checks.start(file, actor)
    return seeOther(`${address}/validity`)
  }
  return startRun(request, decided, { ...file, ...newCollection(target) })
}

type Request = Parameters<PageRequest['context']['imports']['start']>[0]

async function fileOf({ context, actor }: PageRequest, draft: ImportDraft): Promise<Pick<Request, 'path' | 'fileName'>> {
  return { path: await context.imports.of(actor).pathOf(draft.key), fileName: draft.fileName }
}

function newCollection({ key, isNew, name, entryState }: Target): Pick<Request, 'collection'> {
  return isNew ? { collection: { entryState, names: localizedText(name === '' ? key : name) } } : {}
}

/** Another import into the same collection is waited for, but not by the page. */
async function startRun({ at, context, actor }: PageRequest, draft: ImportDraft, file: Request): Promise<HttpResponse> {
  const kept = context.imports.of(actor)
  const waiting = Promise.withResolvers<string>()
  const started = context.imports.start({ ...file, as: 'iati', onWait: waiting.resolve }, actor).then(async (run) => {
    await kept.saveDraft({ ...draft, importedAs: run.id })
    return run
  })
  const first = await Promise.race([started, waiting.promise])
  if (typeof first !== 'string') return seeOther(at(`/imports/${first.id}`))
  // What stops it while it waits is not the page's to tell any more: the file then still stands among those received.
  started.catch(() => {})
  return seeOther(`${at(`/imports/new/${draft.key}`)}?${new URLSearchParams({ waits: first })}`)
}
