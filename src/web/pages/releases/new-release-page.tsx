/** Drafting a release: which records, for whom, what for, under which licence. Nothing leaves with this step. */
import type { HttpResponse } from '../../../kernel/http.ts'
import { textFor } from '../../../kernel/localized-text.ts'
import { draftRelease, listCollectionsQuery } from '../../../modules/registry/index.ts'
import { Button, ErrorSummary, Form, type FormError, Page, SelectField, TextArea, TextField } from '../../components/index.ts'
import type { PageContent, PageRequest } from '../../site.tsx'
import { orAgain, releaseTrail } from './words.ts'

export async function newReleasePage(
  request: PageRequest,
  errors: readonly FormError[] = [],
  status = 200,
): Promise<PageContent> {
  const { t, at, context, actor, query, form } = request
  const collections = await context.operations.run(listCollectionsQuery, {}, actor)
  const own = collections.filter(({ kind }) => kind === 'working')
  // From the list: its filter as it stands in the address.
  const given = form.get('filter') ?? query.get('filter') ?? ''
  const title = t('releases.new')
  const errorOf = (field: string) => errors.find((error) => error.field === field)?.message
  return {
    title,
    noIndex: true,
    status,
    body: (
      <Page title={title} trail={releaseTrail(request)} lead={t('releases.new-lead')}>
        <ErrorSummary errors={errors} />
        <Form action={at('/releases/new')} label={title}>
          <SelectField
            name="collection"
            label={t('registry.field.collection')}
            value={form.get('collection') ?? ''}
            choices={[
              { value: '', label: t('releases.all-own') },
              ...own.map(({ key, names }) => ({ value: key, label: textFor(names, t.lang)?.text ?? key })),
            ]}
          />
          <TextField
            name="filter"
            label={t('releases.field.filter')}
            hint={t('releases.filter-hint')}
            value={given}
            error={errorOf('filter')}
            dir="ltr"
            maxLength={4_000}
            optional
          />
          <TextField
            name="addressee"
            label={t('releases.field.addressee')}
            hint={t('releases.addressee-hint')}
            value={form.get('addressee') ?? ''}
            error={errorOf('addressee')}
            maxLength={300}
          />
          <TextArea
            name="purpose"
            label={t('releases.field.purpose')}
            value={form.get('purpose') ?? ''}
            error={errorOf('purpose')}
            maxLength={2_000}
          />
          <TextField
            name="licence"
            label={t('releases.field.licence')}
            hint={t('releases.licence-hint')}
            value={form.get('licence') ?? ''}
            error={errorOf('licence')}
            maxLength={300}
          />
          <Button>{t('releases.prepare')}</Button>
        </Form>
      </Page>
    ),
  }
}

export async function draftIt(request: PageRequest): Promise<PageContent | HttpResponse> {
  const { form, t, at, context, actor } = request
  const missing = (['addressee', 'purpose', 'licence'] as const)
    .filter((field) => (form.get(field) ?? '').trim() === '')
    .map((field) => ({ field, message: t('releases.wrong.missing', { field: t(`releases.field.${field}`) }) }))
  if (missing.length > 0) return newReleasePage(request, missing, 422)
  const filter = new URLSearchParams((form.get('filter') ?? '').replace(/^.*\?/, ''))
  const collection = form.get('collection') ?? ''
  if (collection !== '') filter.append('collection', collection)
  return orAgain(
    async () => {
      const release = await context.operations.run(
        draftRelease,
        {
          filter: filter.toString(),
          addressee: form.get('addressee') ?? '',
          purpose: form.get('purpose') ?? '',
          licence: form.get('licence') ?? '',
        },
        actor,
      )
      return at(`/releases/${release.id}`)
    },
    (errors, status) => newReleasePage(request, errors, status),
    t,
  )
}
