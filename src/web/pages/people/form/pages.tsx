/** The form of a person, empty or with what is kept. Contact data that the user may not see are kept unless something is typed. */
import { CONTACT_KINDS, getPerson, type PersonView } from '../../../../modules/directory/index.ts'
import { ErrorSummary, type FormError, Page } from '../../../components/index.ts'
import type { PageContent, PageRequest } from '../../../site.tsx'
import { FormValues } from '../../initiatives/form/form-values.ts'
import { orgNames } from '../../initiatives/naming.ts'
import { orgNameOf } from '../words.ts'
import { PersonForm } from './person-form.tsx'

export interface FormState {
  readonly values: FormValues
  readonly errors?: readonly FormError[]
  readonly status?: number
  /** Somebody of that name is known: the question whether this is another. */
  readonly asksAnother?: boolean
}

export function newPersonPage(request: PageRequest, state?: FormState): PageContent {
  const { t, at } = request
  const title = t('people.new')
  const values = state?.values ?? new FormValues(new URLSearchParams({ visibility: 'network' })).withRow('affiliations')
  return {
    title,
    noIndex: true,
    ...(state?.status === undefined ? {} : { status: state.status }),
    body: (
      <Page title={title} trail={[{ label: t('people.title'), href: at('/people') }]} lead={t('people.form.lead')}>
        <ErrorSummary errors={state?.errors ?? []} />
        <PersonForm request={request} action={at('/people/new')} back={at('/people')} state={{ ...state, values }} kept={[]} />
      </Page>
    ),
  }
}

export async function editPersonPage(request: PageRequest, state?: FormState): Promise<PageContent> {
  const { t, at, context, actor, params } = request
  const person = await context.operations.run(getPerson, { id: params.id ?? '' }, actor)
  const title = t('people.edit')
  const here = at(`/people/${person.id}`)
  const values = state?.values ?? (await valuesOf(request, person))
  const name = person.name ?? t('people.erased.title')
  return {
    title,
    noIndex: true,
    ...(state?.status === undefined ? {} : { status: state.status }),
    body: (
      <Page
        title={title}
        kicker={name}
        trail={[
          { label: t('people.title'), href: at('/people') },
          { label: name, href: here },
        ]}
      >
        <ErrorSummary errors={state?.errors ?? []} />
        <PersonForm
          request={request}
          action={`${here}/edit`}
          back={here}
          state={{ ...state, values }}
          fixedAffiliations={person.hiddenAffiliations > 0}
          kept={person.contact.filter(({ access }) => access !== 'own').map(({ kind }) => kind)}
        />
      </Page>
    ),
  }
}

async function valuesOf(request: PageRequest, person: PersonView): Promise<FormValues> {
  const fields = new URLSearchParams({
    version: String(person.version),
    name: person.name ?? '',
    otherNames: person.otherNames.join('\n'),
    countryCode: person.countryCode ?? '',
    visibility: person.visibility,
  })
  for (const tag of person.languages) fields.append('languages', tag)
  for (const kind of CONTACT_KINDS) {
    fields.set(`contact.${kind}`, person.contact.find((one) => one.kind === kind)?.value ?? '')
  }
  if (person.ownerOrg !== null) {
    const name = (await orgNames(request, [person.ownerOrg])).get(person.ownerOrg) ?? person.ownerOrg
    fields.set('ownerOrg', name)
    fields.set('ownerOrg-was', name)
    fields.set('ownerOrg-id', person.ownerOrg)
  }
  let values = new FormValues(fields)
  for (const one of person.affiliations) {
    const org = orgNameOf(request.t, one)
    values = values.withRow('affiliations', {
      org,
      'org-was': org,
      'org-id': one.orgId,
      title: one.title ?? '',
      ...dateParts('from', one.from),
      ...dateParts('to', one.to),
    })
  }
  return values
}

function dateParts(name: string, date: string | null): Record<string, string> {
  const [year = '', month = '', day = ''] = (date ?? '').split('-')
  return { [`${name}-year`]: year, [`${name}-month`]: month, [`${name}-day`]: day }
}
