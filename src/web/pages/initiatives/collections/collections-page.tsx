/** The collections of this instance: what they hold, where it is from, and a form for a new one. */
import { problemText } from '../../../../i18n/problem-text.ts'
import { type HttpResponse, seeOther } from '../../../../kernel/http.ts'
import { localizedText } from '../../../../kernel/localized-text.ts'
import { Problem } from '../../../../kernel/problems.ts'
import { type Collection, createCollection, listCollectionsQuery, listListings } from '../../../../modules/registry/index.ts'
import {
  Button,
  type Column,
  DataTable,
  EmptyState,
  ErrorSummary,
  Form,
  type FormError,
  LocalizedTextView,
  Page,
  Panel,
  RadioGroup,
  Tag,
  TextField,
} from '../../../components/index.ts'
import { listFileLinks } from '../../../list-files.ts'
import type { PageContent, PageRequest } from '../../../site.tsx'

type CountedCollection = Collection & { readonly rows: number }

export async function collectionsPage(request: PageRequest): Promise<PageContent> {
  return renderCollections(request, [])
}

export async function createFromForm(request: PageRequest): Promise<PageContent | HttpResponse> {
  const { form, context, actor, t, at } = request
  const text = (name: string) => form.get(name)?.trim() || undefined
  const name = text('name')
  const source = text('source')
  const [url, licence] = [text('url'), text('licence')]
  try {
    const created = await context.operations.run(
      createCollection,
      {
        key: text('key') ?? '',
        ...(name === undefined ? {} : { names: localizedText(name, t.lang) as { orig: string; texts: Record<string, string> } }),
        entryState: form.get('entryState') === 'submitted' ? 'submitted' : 'published',
        ...(source === undefined ? {} : { source: { name: source, ...(url ? { url } : {}), ...(licence ? { licence } : {}) } }),
      },
      actor,
    )
    return seeOther(`${at('/initiatives')}?collection=${created.key}`)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    // Nothing in the form is wrong; what was typed stays for after the organisation is registered.
    if (error.code === 'registry.owner-needed') return renderCollections(request, [{ message: problemText(t, error) }])
    if (error.kind !== 'invalid' && error.kind !== 'conflict') throw error
    return renderCollections(request, [{ field: 'key', message: problemText(t, error) }])
  }
}

async function renderCollections(request: PageRequest, errors: readonly FormError[]): Promise<PageContent> {
  const { t, at, context, actor } = request
  const collections = await context.operations.run(listCollectionsQuery, {}, actor)
  const counted = await countRows(request, collections)
  const title = t('registry.collections.title')
  return {
    title,
    place: 'initiatives',
    about: { downloads: listFileLinks(request, '/collections', counted.length) },
    status: errors.length > 0 ? 422 : 200,
    body: (
      <Page
        title={title}
        trail={[{ label: t('registry.list.title'), href: at('/initiatives') }]}
        lead={t('registry.collections.lead')}
      >
        <ErrorSummary errors={errors} />
        <DataTable
          caption={title}
          captionHidden
          columns={columnsOf(request)}
          rows={counted}
          rowKey={({ key }) => key}
          empty={<EmptyState title={t('registry.collections.none')} />}
        />
        {request.may('registry.collection.create') && <NewCollection request={request} errors={errors} />}
      </Page>
    ),
  }
}

/** One query for all: the counts per collection come as a facet when every collection is asked for. */
export async function countRows(
  { context, actor }: PageRequest,
  collections: readonly Collection[],
): Promise<CountedCollection[]> {
  if (collections.length === 0) return []
  const page = await context.operations.run(
    listListings,
    { filter: { values: { collection: collections.map(({ key }) => key) } }, limit: 1 },
    actor,
  )
  const counts = new Map(page.facets.collection.map(({ value, count }) => [value, count]))
  return collections.map((collection) => ({ ...collection, rows: counts.get(collection.key) ?? 0 }))
}

function columnsOf({ t, at }: PageRequest): Column<CountedCollection>[] {
  return [
    {
      key: 'name',
      label: t('registry.field.collection'),
      cell: (row) => (
        <>
          <a href={`${at('/initiatives')}?collection=${encodeURIComponent(row.key)}`}>
            <LocalizedTextView value={row.names} />
          </a>
          <br />
          <bdi class="muted">{row.key}</bdi>
        </>
      ),
    },
    { key: 'rows', label: t('registry.collections.rows'), kind: 'number', cell: (row) => t.number(row.rows) },
    {
      key: 'kind',
      label: t('registry.collections.kind'),
      cell: (row) => <Tag tone={row.kind === 'sample' ? 'note' : 'plain'}>{t(`registry.collection-kind.${row.kind}`)}</Tag>,
    },
    {
      key: 'source',
      label: t('components.provenance.source'),
      cell: ({ source, receivedFrom = [] }) =>
        (source || receivedFrom.length > 0) && (
          <>
            {source && (source.url && /^https?:/.test(source.url) ? <a href={source.url}>{source.name}</a> : source.name)}
            {receivedFrom
              .filter(({ instance }) => instance !== source?.name)
              .map(({ instance, releasedBy, licence }) => (
                <p key={`${instance} ${releasedBy} ${licence}`} class="muted">
                  {t('releases.received.from', { instance, licence })}
                </p>
              ))}
          </>
        ),
    },
    { key: 'licence', label: t('registry.collections.licence'), cell: ({ source }) => source?.licence },
  ]
}

function NewCollection({
  request: { t, at, form, may },
  errors,
}: {
  readonly request: PageRequest
  readonly errors: readonly FormError[]
}) {
  const typed = (name: string) => form.get(name) ?? undefined
  const mayPublish = may('registry.initiative.publish')
  return (
    <Panel title={t('registry.collections.create')} id="new">
      <Form action={at('/collections')} label={t('registry.collections.create')}>
        <TextField name="name" label={t('registry.collections.name')} value={typed('name')} />
        <TextField
          name="key"
          label={t('registry.collections.key')}
          hint={t('registry.collections.key-hint')}
          value={typed('key')}
          error={errors[0]?.message}
          width="medium"
          dir="ltr"
        />
        <RadioGroup
          name="entryState"
          label={t('registry.collections.entry')}
          choices={[
            ...(mayPublish ? [{ value: 'published', label: t('registry.collections.entry-published') }] : []),
            { value: 'submitted', label: t('registry.collections.entry-submitted') },
          ]}
          value={mayPublish ? (typed('entryState') ?? 'published') : 'submitted'}
        />
        <TextField name="source" label={t('components.provenance.source')} value={typed('source')} optional />
        <TextField name="url" label={t('registry.form.address')} type="url" value={typed('url')} dir="ltr" optional />
        <TextField name="licence" label={t('registry.collections.licence')} value={typed('licence')} width="medium" optional />
        <Button>{t('registry.collections.create')}</Button>
      </Form>
    </Panel>
  )
}
