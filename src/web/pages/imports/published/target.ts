/** Where the activities of a published file go: read from the form, or proposed from where the file before it went. */
import type { Translator } from '../../../../i18n/translator.ts'
import { suggestCollectionKey } from '../../../../jobs/imports/collection-key.ts'
import type { ImportChoices, ImportDraft } from '../../../../jobs/imports/kept-files.ts'
import { type Collection, type ImportRun, isCollectionKey } from '../../../../modules/registry/index.ts'
import type { FormError } from '../../../components/index.ts'
import { NEW_COLLECTION } from '../match/read-match-form.ts'

export type Target = ImportChoices['collection']

/** The collection that has the last edition of the file, else the one from which the person comes, else a new one with its name. */
export function proposedTarget(
  draft: ImportDraft,
  collections: readonly Collection[],
  runs: readonly ImportRun[],
  from: string | null,
): Target {
  const decided = draft.choices?.collection
  // A collection that was new when the person chose it may be there by now, or gone.
  if (decided) return { ...decided, isNew: !collections.some(({ key }) => key === decided.key) }
  const before = runs.find((run) => run.isPublished && run.series === draft.fileName && run.state === 'applied')
  const key = before?.collection ?? from
  const known = collections.find((collection) => collection.key === key && !collection.readOnly)
  if (known) return { key: known.key, isNew: false, name: '', entryState: 'published' }
  return { key: freeKey(suggestCollectionKey(draft.fileName), collections), isNew: true, name: '', entryState: 'published' }
}

function freeKey(wanted: string, collections: readonly Collection[]): string {
  const taken = new Set(collections.map(({ key }) => key))
  let key = wanted
  for (let number = 2; taken.has(key) || !isCollectionKey(key); number += 1) key = `${wanted.slice(0, 58)}-${number}`
  return key
}

export function readTarget(
  form: URLSearchParams,
  collections: readonly Collection[],
  mayPublish: boolean,
  t: Translator,
): { target: Target; errors: FormError[] } {
  const chosen = form.get('collection') ?? NEW_COLLECTION
  const entryState = mayPublish && form.get('entry') !== 'submitted' ? 'published' : 'submitted'
  if (chosen !== NEW_COLLECTION) {
    const known = collections.some(({ key, readOnly }) => key === chosen && !readOnly)
    const errors = known ? [] : [{ field: 'collection', message: t('registry.wrong.collection') }]
    return { target: { key: chosen, isNew: false, name: '', entryState }, errors }
  }
  const key = (form.get('new-key') ?? '').trim()
  const taken = collections.some((collection) => collection.key === key)
  const problem = taken ? 'collection-exists' : isCollectionKey(key) ? undefined : 'collection-key-not-accepted'
  return {
    target: { key, isNew: true, name: (form.get('new-name') ?? '').trim().slice(0, 300), entryState },
    errors:
      problem === undefined
        ? []
        : [{ field: 'new-key', message: t(`registry.problem.${problem}`, { collection: key, found: key }) }],
  }
}
