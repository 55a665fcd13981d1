/** The pages around the form: a new initiative, and the edit of one, also after somebody else has saved it meanwhile. */
import { textFor } from '../../../../kernel/localized-text.ts'
import { Problem } from '../../../../kernel/problems.ts'
import { getInitiative, type InitiativeFacts, type InitiativeView } from '../../../../modules/registry/index.ts'
import { type Column, DataTable, EmptyState, type FormError, Notice, Page } from '../../../components/index.ts'
import { peopleNames } from '../../../people-names.ts'
import type { PageContent, PageRequest } from '../../../site.tsx'
import { changedFacts, factName, factText } from '../fact-text.ts'
import { type Naming, namingOf } from '../naming.ts'
import { partnerIds } from '../words.ts'
import { formOfRecord } from './facts-to-form.ts'
import { FormValues } from './form-values.ts'
import { FormView } from './form-view.tsx'

export interface FormState {
  /** What was typed; without it the form shows the record. */
  readonly values?: FormValues
  readonly errors?: readonly FormError[]
  readonly status?: number
  /** The list in which a row came or went. */
  readonly moved?: string | undefined
  readonly conflict?: { readonly message: string; readonly mine: InitiativeFacts }
}

export async function newPage(request: PageRequest, { values, errors = [], status, moved }: FormState): Promise<PageContent> {
  const { t, at, query } = request
  const naming = await namingOf(request)
  const open = naming.collections.filter(({ readOnly }) => !readOnly)
  const asked = values?.get('collection') ?? query.get('collection') ?? undefined
  const title = t('registry.form.new')
  const [only] = open
  return {
    title,
    place: 'initiatives',
    noIndex: true,
    status: status ?? (errors.length > 0 ? 422 : 200),
    body: (
      <Page
        title={title}
        trail={[{ label: t('registry.list.title'), href: at('/initiatives') }]}
        lead={
          only &&
          (open.length === 1
            ? t('registry.form.new-lead', { collection: naming.names('collection', only.key) })
            : t('registry.form.new-lead-choose'))
        }
      >
        {only ? (
          <FormView
            request={request}
            values={values ?? emptyForm()}
            errors={errors}
            action={at('/initiatives/new')}
            hidden={open.length === 1 ? { collection: only.key } : {}}
            collections={
              open.length > 1
                ? {
                    choices: open.map(({ key }) => ({ value: key, label: naming.names('collection', key) })),
                    chosen: asked,
                  }
                : undefined
            }
            moved={moved}
            isNew
          />
        ) : (
          <NoCollection request={request} />
        )}
      </Page>
    ),
  }
}

function emptyForm(): FormValues {
  return ['title', 'summary', 'partners', 'contributions', 'listed'].reduce(
    (values, list) => values.withRow(list, list === 'partners' || list === 'contributions' ? { no: '1' } : {}),
    new FormValues(new URLSearchParams()),
  )
}

function NoCollection({ request: { t, at } }: { readonly request: PageRequest }) {
  return (
    <EmptyState title={t('registry.form.no-collection')}>
      <p>{t('registry.form.no-collection-text')}</p>
      <p>
        <a href={`${at('/collections')}#new`}>{t('registry.collections.create')}</a>
      </p>
    </EmptyState>
  )
}

export async function editPage(
  request: PageRequest,
  { values, errors = [], status, conflict, moved }: FormState,
): Promise<PageContent> {
  const { t, at, context, actor } = request
  const id = request.params.id ?? ''
  const view = await context.operations.run(getInitiative, { id }, actor)
  const { record, collection } = view
  if (collection.readOnly) throw new Problem('registry.collection-read-only', { collection: collection.key })
  const naming = await namingOf(request, partnerIds(record.facts))
  const { updatedBy } = record
  const theirName = conflict ? (await peopleNames(request, [updatedBy]))(updatedBy) : ''
  const title = t('registry.form.edit')
  const version = conflict ? String(record.version) : (values?.get('version') ?? String(record.version))
  return {
    title,
    place: 'initiatives',
    noIndex: true,
    status: conflict ? 409 : (status ?? (errors.length > 0 ? 422 : 200)),
    body: (
      <Page
        title={title}
        trail={[
          { label: t('registry.list.title'), href: at('/initiatives') },
          { label: textFor(record.facts.title, t.lang)?.text ?? record.identifier ?? id, href: at(`/initiatives/${id}`) },
        ]}
        provenance={{ source: { label: naming.names('collection', collection.key) }, at: record.updatedAt, state: record.state }}
        lead={record.state === 'published' && t('registry.form.opens-revision')}
      >
        {conflict && <Conflict request={request} view={view} naming={naming} theirName={theirName} conflict={conflict} />}
        <FormView
          request={request}
          values={values ?? formOfRecord(record, naming.orgs)}
          errors={errors}
          action={at(`/initiatives/${id}/edit`)}
          hidden={{ version }}
          moved={moved}
          isNew={false}
        />
      </Page>
    ),
  }
}

interface ConflictProps {
  readonly request: PageRequest
  readonly view: InitiativeView
  readonly naming: Naming
  /** Of whoever saved meanwhile. */
  readonly theirName: string
  readonly conflict: NonNullable<FormState['conflict']>
}

/** Theirs and yours, field by field. Saving again replaces theirs: the person has seen them now. */
function Conflict({ request: { t, at }, view, naming, theirName, conflict }: ConflictProps) {
  const theirs = view.record.facts
  type Field = ReturnType<typeof changedFacts>[number]
  const columns: Column<Field>[] = [
    { key: 'field', label: t('registry.history.field'), cell: (field) => factName(t, field) },
    {
      key: 'theirs',
      label: t('registry.conflict.theirs', { by: theirName }),
      cell: (field) => factText(t, theirs, field, naming.orgs),
    },
    { key: 'mine', label: t('registry.conflict.mine'), cell: (field) => factText(t, conflict.mine, field, naming.orgs) },
  ]
  return (
    <Notice kind="bad" title={conflict.message} live>
      <DataTable
        caption={t('registry.conflict.differences')}
        columns={columns}
        rows={changedFacts(theirs, conflict.mine)}
        rowKey={(field) => field}
      />
      <p>{t('registry.conflict.how')}</p>
      <p>
        <a href={at(`/initiatives/${view.record.id}/edit`)}>{t('registry.conflict.take-theirs')}</a>
      </p>
    </Notice>
  )
}
