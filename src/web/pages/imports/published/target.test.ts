import { expect, test } from 'vitest'
import { translatorFor } from '../../../../i18n/translator.ts'
import type { ImportDraft } from '../../../../jobs/imports/kept-files.ts'
import type { Collection, ImportRun } from '../../../../modules/registry/index.ts'
import { proposedTarget, readTarget } from './target.ts'

const t = translatorFor('en')
const collection = (key: string, readOnly = false) => ({ key, readOnly }) as unknown as Collection
const draft: ImportDraft = {
  key: 'a',
  fileName: 'Activities 2026.xml',
  fileBytes: 1,
  kind: 'iati',
  receivedAt: '2026-11-25T00:00:00Z',
  choices: null,
  importedAs: null,
}
const NEW = { key: 'mine', isNew: true, name: '', entryState: 'published' } as const

test('a key that is taken, one that is none, and a collection that may not be filled are refused at their fields', () => {
  const fields = (form: Record<string, string>) =>
    readTarget(new URLSearchParams(form), [collection('mine'), collection('sample', true)], true, t).errors.map(
      ({ field }) => field,
    )
  expect(fields({ 'new-key': 'mine' })).toEqual(['new-key'])
  expect(fields({ collection: '+new', 'new-key': 'Not A Key' })).toEqual(['new-key'])
  expect(fields({ collection: 'sample' })).toEqual(['collection'])
  expect(fields({ collection: 'mine' })).toEqual([])
})

test('whoever may not publish has the activities enter for review, whatever the form says', () => {
  const { target } = readTarget(new URLSearchParams({ 'new-key': 'other', entry: 'published' }), [], false, t)
  expect(target).toMatchObject({ key: 'other', isNew: true, entryState: 'submitted' })
})

test('the collection of the edition before is proposed, else the one from which the person comes, else a new one', () => {
  const before = { isPublished: true, series: 'Activities 2026.xml', state: 'applied', collection: 'mine' } as ImportRun
  const collections = [collection('mine'), collection('other')]
  expect(proposedTarget(draft, collections, [before], 'other')).toMatchObject({ key: 'mine', isNew: false })
  expect(proposedTarget(draft, collections, [], 'other')).toMatchObject({ key: 'other', isNew: false })
  expect(proposedTarget(draft, [...collections, collection('activities-2026')], [], null)).toMatchObject({
    key: 'activities-2026-2',
    isNew: true,
  })
})

test('a collection that was new when it was chosen is one that is there once it is', () => {
  const decided: ImportDraft = { ...draft, choices: { mappings: [], language: 'und', collection: NEW } }
  expect(proposedTarget(decided, [], [], null).isNew).toBe(true)
  expect(proposedTarget(decided, [collection('mine')], [], null).isNew).toBe(false)
})
