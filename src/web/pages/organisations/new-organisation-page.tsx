/** Registering an organisation: the few facts that tell it from others. What was typed stays until it is accepted. */
import { areaName, findArea, listAreas } from '../../../codes/index.ts'
import { type HttpResponse, seeOther } from '../../../kernel/http.ts'
import { localizedText } from '../../../kernel/localized-text.ts'
import { type Org, registerOrg } from '../../../modules/directory/index.ts'
import {
  Button,
  ButtonLink,
  ButtonRow,
  ErrorSummary,
  Form,
  Page,
  RadioGroup,
  SelectField,
  TextField,
} from '../../components/index.ts'
import type { PageContent, PageRequest } from '../../site.tsx'
import { errorOf, NOTHING_TYPED, submit, type Typed } from '../account/submit.ts'
import { languageChoices } from '../account/words.ts'
import { FormValues } from '../initiatives/form/form-values.ts'
import { choicesOf } from '../initiatives/value-names.ts'

export async function newOrganisationPage(request: PageRequest, typed: Typed = NOTHING_TYPED): Promise<PageContent> {
  const { t, at } = request
  const title = t('registry.orgs.new')
  return {
    title,
    noIndex: true,
    place: 'initiatives',
    status: typed.status,
    body: (
      <Page
        title={title}
        trail={[{ label: t('registry.orgs.title'), href: at('/organisations') }]}
        lead={t('registry.orgs.new-lead')}
      >
        <ErrorSummary errors={typed.errors} />
        <Form action={at('/organisations/new')} label={title}>
          <NameFields request={request} typed={typed} />
          <KindFields request={request} typed={typed} />
          <ButtonRow>
            <Button>{title}</Button>
            <ButtonLink href={at('/organisations')} kind="secondary">
              {t('accounts.cancel')}
            </ButtonLink>
          </ButtonRow>
        </Form>
      </Page>
    ),
  }
}

interface FieldsProps {
  readonly request: PageRequest
  readonly typed: Typed
}

function NameFields({ request: { t, form }, typed }: FieldsProps) {
  const values = new FormValues(form)
  const isKnown = typed.status === 409 && errorOf(typed, 'orgName') !== undefined
  return (
    <>
      <TextField
        name="orgName"
        label={t('registry.orgs.name')}
        value={values.get('orgName') ?? ''}
        error={errorOf(typed, 'orgName')}
        maxLength={500}
      />
      {isKnown && (
        <RadioGroup
          name="another"
          label={t('registry.orgs.names')}
          choices={[{ value: 'yes', label: t('registry.orgs.new-another') }]}
          optional
        />
      )}
      <SelectField
        name="lang"
        label={t('registry.orgs.new-lang')}
        choices={languageChoices()}
        value={values.get('lang') ?? t.lang}
        error={errorOf(typed, 'lang')}
      />
      <TextField
        name="acronym"
        label={t('registry.orgs.acronym')}
        value={values.get('acronym') ?? ''}
        error={errorOf(typed, 'acronym')}
        maxLength={60}
        optional
      />
    </>
  )
}

function KindFields({ request: { t, form, query }, typed }: FieldsProps) {
  const values = new FormValues(form)
  const areas = listAreas()
    .map(({ iso3 }) => ({ value: iso3, label: areaName(iso3, t.lang) }))
    .sort((a, b) => t.compare(a.label, b.label))
  // From the workspace of a country: its government is what is missing there.
  const country = findArea(query.get('country') ?? '')?.iso3
  return (
    <>
      <SelectField
        name="kind"
        label={t('codes.list.orgType')}
        hint={t('registry.orgs.new-kind-hint')}
        choices={choicesOf(t, 'orgType')}
        value={values.get('kind') ?? (country === undefined ? undefined : '10')}
        error={errorOf(typed, 'kind')}
      />
      <SelectField
        name="country"
        label={t('registry.fact.country')}
        hint={t('registry.orgs.new-country-hint')}
        choices={areas}
        value={values.get('country') ?? country}
        error={errorOf(typed, 'country')}
        optional
      />
      <TextField
        name="iati"
        label={t('registry.orgs.iati')}
        hint={t('registry.orgs.new-iati-hint')}
        value={values.get('iati') ?? ''}
        error={errorOf(typed, 'iati')}
        dir="ltr"
        maxLength={100}
        optional
      />
    </>
  )
}

const FIELDS: Readonly<Record<string, string>> = {
  names: 'orgName',
  acronyms: 'acronym',
  orgType: 'kind',
  countryCode: 'country',
  iatiId: 'iati',
}

export async function registerFromForm(request: PageRequest): Promise<PageContent | HttpResponse> {
  const { t, at, context, actor, form } = request
  const values = new FormValues(form)
  // An address or a hidden field can hold any text; only the languages of the form are names of a language.
  const lang = languageChoices().find(({ value }) => value === values.get('lang'))?.value ?? t.lang
  const acronym = values.get('acronym')
  return submit(
    request,
    async () => {
      const org = await context.operations.run(
        registerOrg,
        {
          names: localizedText(values.get('orgName') ?? '', lang) as { orig: string; texts: Record<string, string> },
          acronyms: acronym === undefined ? {} : { [lang]: acronym },
          orgType: (values.get('kind') ?? '') as Org['orgType'],
          countryCode: values.get('country') ?? null,
          iatiId: values.get('iati') ?? null,
          anotherOfThatName: values.get('another') === 'yes',
        },
        actor,
      )
      return seeOther(at(`/organisations/${org.id}`))
    },
    (typed) => newOrganisationPage(request, typed),
    (place) => FIELDS[place.split('.')[0] ?? ''] ?? place.split('.')[0],
  )
}
