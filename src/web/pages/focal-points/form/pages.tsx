/** The form of a focal point: empty, filled for a gap that somebody closes, or with what is kept. */

import { textFor } from '../../../../kernel/localized-text.ts'
import { type FocalPointView, getFocalPoint } from '../../../../modules/coordination/index.ts'
import { getPerson, type ListedPerson } from '../../../../modules/directory/index.ts'
import { ErrorSummary, type FormError, Notice, Page } from '../../../components/index.ts'
import type { PageContent, PageRequest } from '../../../site.tsx'
import { FormValues } from '../../initiatives/form/form-values.ts'
import { orgNames } from '../../initiatives/naming.ts'
import { subjectOf } from '../words.ts'
import { FocalPointForm } from './focal-point-form.tsx'

/** People whose name was typed, for the question whether one of them is meant. */
export interface Likely {
  readonly person?: readonly ListedPerson[]
  readonly backup?: readonly ListedPerson[]
}

export interface FormState {
  readonly values: FormValues
  readonly errors?: readonly FormError[]
  readonly status?: number
  readonly likely?: Likely
  /** The focal point that stands in the way. */
  readonly existing?: string | undefined
}

export async function newFocalPointPage(request: PageRequest, state?: FormState): Promise<PageContent> {
  const { t, at } = request
  const title = t('coordination.new')
  const values = state?.values ?? (await startOf(request))
  return {
    title,
    noIndex: true,
    ...(state?.status === undefined ? {} : { status: state.status }),
    body: (
      <Page
        title={title}
        trail={[{ label: t('coordination.title'), href: at('/focal-points') }]}
        lead={t('coordination.form.lead')}
      >
        <ErrorSummary errors={state?.errors ?? []} />
        <Existing request={request} state={state} />
        <FocalPointForm
          request={request}
          action={at('/focal-points/new')}
          back={at('/focal-points')}
          state={{ ...state, values }}
        />
      </Page>
    ),
  }
}

/** `?scope=country&country=KEN`, `?scope=org&org=…`, `?person=…`: the way from a gap or from a person. */
async function startOf(request: PageRequest): Promise<FormValues> {
  const { query, context, actor } = request
  const fields = new URLSearchParams({
    scope: query.get('scope') ?? 'country',
    countryCode: query.get('country') ?? '',
    isMain: 'yes',
  })
  const org = query.get('org')
  if (org) setOrg(fields, org, (await orgNames(request, [org])).get(org) ?? org)
  const person = query.get('person')
  if (person) {
    const { name } = await context.operations.run(getPerson, { id: person }, actor)
    fields.set('personId', person)
    fields.set('personName', name ?? '')
  }
  return new FormValues(fields)
}

function setOrg(fields: URLSearchParams, id: string, name: string): void {
  fields.set('org', name)
  fields.set('org-was', name)
  fields.set('org-id', id)
}

export async function editFocalPointPage(request: PageRequest, state?: FormState): Promise<PageContent> {
  const { t, at, context, actor, params } = request
  const view = await context.operations.run(getFocalPoint, { id: params.id ?? '' }, actor)
  const title = t('coordination.edit')
  const here = at(`/focal-points/${view.id}`)
  const values = state?.values ?? valuesOf(request, view)
  return {
    title,
    noIndex: true,
    ...(state?.status === undefined ? {} : { status: state.status }),
    body: (
      <Page
        title={title}
        kicker={subjectOf(t, view)}
        trail={[
          { label: t('coordination.title'), href: at('/focal-points') },
          { label: subjectOf(t, view), href: here },
        ]}
      >
        <ErrorSummary errors={state?.errors ?? []} />
        <Existing request={request} state={state} />
        <FocalPointForm request={request} action={`${here}/edit`} back={here} state={{ ...state, values }} isKept />
      </Page>
    ),
  }
}

function Existing({ request: { t, at }, state }: { readonly request: PageRequest; readonly state: FormState | undefined }) {
  if (state?.existing === undefined) return null
  return (
    <Notice>
      <p>
        <a href={at(`/focal-points/${state.existing}`)}>{t('coordination.form.existing')}</a>
      </p>
    </Notice>
  )
}

function valuesOf({ t }: PageRequest, { record, details }: FocalPointView): FormValues {
  const { facts } = record ?? {}
  const backup = details?.backup?.name ?? ''
  const fields = new URLSearchParams({
    version: String(record?.version ?? ''),
    mechanismName: textFor(facts?.mechanism?.names, t.lang)?.text ?? '',
    mechanismType: facts?.mechanism?.type ?? '',
    isMain: facts?.isMain === false ? 'no' : 'yes',
    source: facts?.source ?? '',
    backup,
    'backup-was': backup,
    'backup-id': facts?.backupId ?? '',
  })
  for (const tag of facts?.languages ?? []) fields.append('languages', tag)
  const [year = '', month = '', day = ''] = (facts?.from ?? '').split('-')
  fields.set('from-year', year)
  fields.set('from-month', month)
  fields.set('from-day', day)
  return new FormValues(fields)
}
