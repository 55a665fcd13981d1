/** Records a consent by a form, and withdraws one. */
import { type HttpResponse, seeOther } from '../../../kernel/http.ts'
import { CONSENT_PURPOSES, CONTACT_KINDS, getPerson, recordConsent, withdrawConsent } from '../../../modules/directory/index.ts'
import {
  Button,
  ButtonLink,
  ButtonRow,
  CheckboxGroup,
  DateField,
  ErrorSummary,
  Form,
  type FormError,
  Page,
  RadioGroup,
  TextField,
} from '../../components/index.ts'
import type { PageContent, PageRequest } from '../../site.tsx'
import { FormValues } from '../initiatives/form/form-values.ts'
import { formErrors, statusOfForm } from './words.ts'

interface Typed {
  readonly values: FormValues
  readonly errors: readonly FormError[]
  readonly status: number
}

export async function consentPage(request: PageRequest, typed?: Typed): Promise<PageContent> {
  const { t, at, context, actor, params } = request
  const person = await context.operations.run(getPerson, { id: params.id ?? '' }, actor)
  const title = t('people.consent.record')
  const values = typed?.values ?? new FormValues(new URLSearchParams({ purpose: 'directory' }))
  const error = (field: string) => typed?.errors.find((one) => one.field === field)?.message
  const name = person.name ?? t('people.erased.title')
  return {
    title,
    noIndex: true,
    ...(typed ? { status: typed.status } : {}),
    body: (
      <Page
        title={title}
        kicker={name}
        trail={[
          { label: t('people.title'), href: at('/people') },
          { label: name, href: at(`/people/${person.id}`) },
        ]}
        lead={t('people.consent.lead')}
      >
        <ErrorSummary errors={typed?.errors ?? []} />
        <Form action={at(`/people/${person.id}/consent`)} label={title}>
          <RadioGroup
            name="purpose"
            label={t('people.consent.purpose')}
            choices={CONSENT_PURPOSES.map((purpose) => ({ value: purpose, label: t(`people.consent.purpose.${purpose}`) }))}
            value={values.get('purpose')}
            error={error('purpose')}
          />
          <CheckboxGroup
            name="covers"
            label={t('people.consent.covers')}
            choices={CONTACT_KINDS.map((kind) => ({ value: kind, label: t(`people.contact.${kind}`) }))}
            values={values.all('covers')}
            error={error('covers')}
          />
          <DateField
            name="givenOn"
            label={t('people.consent.givenOn')}
            hint={t('people.consent.whole-day')}
            value={values.date('givenOn')}
            error={error('givenOn')}
          />
          <DateField
            name="until"
            label={t('people.consent.until')}
            hint={t('people.consent.until-hint')}
            value={values.date('until')}
            error={error('until')}
            optional
          />
          <TextField
            name="source"
            label={t('people.consent.source')}
            hint={t('people.consent.source-hint')}
            value={values.get('source')}
            error={error('source')}
            maxLength={500}
          />
          <ButtonRow>
            <Button>{t('people.consent.save')}</Button>
            <ButtonLink href={at(`/people/${person.id}`)} kind="secondary">
              {t('people.cancel')}
            </ButtonLink>
          </ButtonRow>
        </Form>
      </Page>
    ),
  }
}

export async function recordConsentFromForm(request: PageRequest): Promise<PageContent | HttpResponse> {
  const { t, at, context, actor, params, form } = request
  const values = new FormValues(form)
  const personId = params.id ?? ''
  try {
    // Whatever was typed goes in: the command says what it does not accept.
    const input = {
      personId,
      purpose: values.get('purpose') as 'directory',
      covers: values.all('covers') as 'email'[],
      givenOn: values.date('givenOn') ?? '',
      until: values.date('until') ?? null,
      source: values.get('source') ?? '',
    }
    await context.operations.run(recordConsent, input, actor)
    return seeOther(`${at(`/people/${personId}`)}?done=consent#consents`)
  } catch (error) {
    const errors = formErrors(t, error, (place) => place.split('.')[0])
    return consentPage(request, { values, errors, status: statusOfForm(error) })
  }
}

export async function withdrawFromForm({ at, context, actor, params, form }: PageRequest): Promise<HttpResponse> {
  await context.operations.run(withdrawConsent, { consentId: form.get('consent') ?? '' }, actor)
  return seeOther(`${at(`/people/${params.id ?? ''}`)}?done=withdrawn#consents`)
}
