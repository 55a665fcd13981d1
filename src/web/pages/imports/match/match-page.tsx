/** What was recognised, and the columns beside their sample values: everything is a proposal that the person can change. */

import { problemText } from '../../../../i18n/problem-text.ts'
import { parseMapping, type TableMapping } from '../../../../interop/tables/index.ts'
import type { ImportChoices } from '../../../../jobs/imports/kept-files.ts'
import { type HttpResponse, seeOther } from '../../../../kernel/http.ts'
import { Problem } from '../../../../kernel/problems.ts'
import { getImportMapping, listImportMappings, saveImportMapping } from '../../../../modules/registry/index.ts'
import {
  Button,
  ButtonRow,
  ErrorSummary,
  type FormError,
  FormSection,
  Notice,
  Page,
  SelectField,
  Steps,
  TextField,
} from '../../../components/index.ts'
import { withNames } from '../../../people-names.ts'
import type { PageContent, PageRequest } from '../../../site.tsx'
import { importSteps, isolated } from '../words.ts'
import { CollectionSection } from './collection-section.tsx'
import { ColumnsSection } from './columns-section.tsx'
import { errorOf } from './error-of.ts'
import { layOver, type MatchView, matchView, recogniseDraft, yearsOfCollection } from './match-view.ts'
import { readChoices, readOpening } from './read-match-form.ts'
import { RecognisedSection } from './recognised-section.tsx'
import { WideForm } from './wide-form.tsx'

export async function matchPage(request: PageRequest): Promise<PageContent> {
  return matchContent(request, await matchView(request, request.params.key ?? ''))
}

/** Every button of the page sends the whole form; what was changed is kept whatever the button does. */
export async function saveMatch(request: PageRequest): Promise<PageContent | HttpResponse> {
  const { form, t, at, context, actor } = request
  const key = request.params.key ?? ''
  const address = at(`/imports/new/${key}`)
  const before = await matchView(request, key)
  if (form.get('do') === 'anew') {
    const { resumedFrom: _, ...draft } = before.draft
    await context.imports.of(actor).saveDraft({ ...draft, choices: null })
    return seeOther(address)
  }
  const opening = readOpening(form, before.recognised)
  const recognised = isReadAlike(opening, before) ? before.recognised : await recogniseDraft(request, before.draft, opening)
  const action = form.get('do') ?? 'check'
  const target = (form.get('collection') ?? '').startsWith('+') ? form.get('new-key') : form.get('collection')
  const collectionYears = await yearsOfCollection(request, before.collections, (target || form.get('new-key')) ?? '')
  const { choices, errors } = readChoices(form, recognised, before.collections, t, action === 'check' ? collectionYears : [])
  const view = layOver({ ...before, recognised, choices, collectionYears })
  const name = (form.get('mapping-name') ?? '').trim()
  if (action === 'save' && name === '') errors.push({ field: 'mapping-name', message: t('imports.match.name-missing') })
  if (errors.length > 0) return matchContent(request, view, errors)
  if (action === 'use') return useSaved(request, view, form.get('saved') ?? '')
  await context.imports.of(actor).saveDraft({ ...before.draft, choices })
  if (action === 'again') return seeOther(address)
  if (action === 'save') {
    return saveMapping(request, view, name.slice(0, 100))
  }
  return seeOther(`${address}/check`)
}

/** A name under which somebody else saved another mapping is said at its field; what was chosen stays. */
async function saveMapping(request: PageRequest, view: MatchView, name: string): Promise<PageContent | HttpResponse> {
  const { t, at, context, actor } = request
  try {
    await context.operations.run(saveImportMapping, { name, mapping: view.choices.mappings }, actor)
    return seeOther(`${at(`/imports/new/${view.draft.key}`)}?${new URLSearchParams({ saved: name })}`)
  } catch (thrown) {
    const error = await withNames(request, thrown)
    if (!(error instanceof Problem) || error.kind !== 'conflict') throw error
    return matchContent(request, view, [{ field: 'mapping-name', message: problemText(t, error) }], 409)
  }
}

/** Whether encoding, separator and heading rows are those with which the file was just read: then it need not be read again. */
function isReadAlike(opening: readonly TableMapping[], { recognised, choices }: MatchView): boolean {
  const read = choices.mappings[0]
  return opening.every(
    ({ headerRows, encoding, delimiter }, index) =>
      encoding === read?.encoding &&
      delimiter === read?.delimiter &&
      headerRows.join() === recognised.sheets[index]?.headerRows.join(),
  )
}

/** Columns are found by their headings, so that a mapping fits next year's file. */
async function useSaved(request: PageRequest, view: MatchView, name: string): Promise<PageContent | HttpResponse> {
  const { t, at, context, actor } = request
  if (name === '') return matchContent(request, view, [{ field: 'saved', message: t('imports.match.saved-missing') }])
  const stored = await context.operations.run(getImportMapping, { name }, actor)
  const saved: TableMapping[] = (Array.isArray(stored) ? stored : [stored]).map(parseMapping)
  const recognised = await recogniseDraft(request, view.draft, view.choices.mappings, saved)
  const chosen = recognised.sheets.filter(({ sheet }) => view.choices.mappings.some((mapping) => mapping.sheet === sheet))
  const choices: ImportChoices = { ...view.choices, mappings: chosen.map((sheet) => sheet.mapping) }
  await context.imports.of(actor).saveDraft({ ...view.draft, choices })
  return seeOther(`${at(`/imports/new/${view.draft.key}`)}?${new URLSearchParams({ used: name })}`)
}

export async function discardFile({ params, at, context, actor }: PageRequest): Promise<HttpResponse> {
  await context.imports.of(actor).discard(params.key ?? '')
  return seeOther(at('/imports'))
}

async function matchContent(
  request: PageRequest,
  view: MatchView,
  errors: readonly FormError[] = [],
  status = 422,
): Promise<PageContent> {
  const { t, at, context, actor, query } = request
  const mappings = await context.operations.run(listImportMappings, {}, actor)
  const address = at(`/imports/new/${view.draft.key}`)
  const [saved, used] = [query.get('saved'), query.get('used')]
  const before = view.importedBefore
  return {
    title: t('imports.match.title', { file: isolated(view.draft.fileName) }),
    place: 'imports',
    noIndex: true,
    ...(errors.length > 0 ? { status } : {}),
    body: (
      <Page
        title={<bdi>{view.draft.fileName}</bdi>}
        kicker={t('imports.title')}
        trail={[{ label: t('imports.title'), href: at('/imports') }]}
        lead={t('imports.match.lead')}
      >
        <ErrorSummary errors={errors} />
        <Steps label={t('imports.steps')} steps={importSteps(t, 'match', { choose: at('/imports') })} />
        {saved !== null && <Notice kind="good" live title={t('imports.match.saved', { name: saved })} />}
        {used !== null && <Notice kind="good" live title={t('imports.match.used', { name: used })} />}
        {before && (
          <Notice title={t('imports.match.known', { when: t.instant(before.startedAt), collection: before.collection })}>
            <p>
              {t('imports.match.known-text')} <a href={at(`/imports/${before.id}`)}>{t('imports.match.known-run')}</a>
            </p>
          </Notice>
        )}
        {view.draft.resumedFrom !== undefined && (
          <Notice title={t('imports.match.resumed', { when: t.instant(view.draft.resumedFrom) })}>
            <p>{t('imports.match.resumed-text')}</p>
            <form method="post" action={address}>
              <Button kind="quiet" name="do" value="anew">
                {t('imports.match.anew')}
              </Button>
            </form>
          </Notice>
        )}
        <WideForm action={address} label={t('imports.match.form')}>
          <RecognisedSection request={request} view={view} errors={errors} />
          <ColumnsSection request={request} view={view} errors={errors} />
          <FormSection title={t('imports.saved.title')} hint={t('imports.saved.hint')}>
            {mappings.length > 0 && (
              <>
                <SelectField
                  name="saved"
                  label={t('imports.saved.use-label')}
                  optional
                  error={errorOf(errors, 'saved')}
                  choices={mappings.map((one) => ({ value: one.name, label: one.name }))}
                />
                <ButtonRow>
                  <Button kind="secondary" name="do" value="use">
                    {t('imports.saved.use')}
                  </Button>
                </ButtonRow>
              </>
            )}
            <TextField
              name="mapping-name"
              value={view.choices.mappingName ?? ''}
              label={t('imports.saved.name')}
              optional
              width="medium"
              maxLength={100}
              error={errorOf(errors, 'mapping-name')}
            />
            <ButtonRow>
              <Button kind="secondary" name="do" value="save">
                {t('imports.saved.save')}
              </Button>
            </ButtonRow>
          </FormSection>
          <CollectionSection request={request} view={view} errors={errors} />
          <ButtonRow>
            <Button name="do" value="check">
              {t(view.draft.choices ? 'imports.match.check-again' : 'imports.match.check')}
            </Button>
            <Button kind="quiet" formAction={`${address}/discard`}>
              {t('imports.discard')}
            </Button>
          </ButtonRow>
        </WideForm>
      </Page>
    ),
  }
}
