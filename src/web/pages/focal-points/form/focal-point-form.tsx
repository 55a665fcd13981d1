/** The fields of a focal point. */
import { textFor } from '../../../../kernel/localized-text.ts'
import { FOCAL_POINT_SCOPES, MECHANISM_TYPES } from '../../../../modules/coordination/index.ts'
import { CONSENT_PURPOSES, type ListedPerson } from '../../../../modules/directory/index.ts'
import {
  Button,
  ButtonLink,
  ButtonRow,
  CheckboxGroup,
  DateField,
  Form,
  FormSection,
  RadioGroup,
  SelectField,
  TextField,
} from '../../../components/index.ts'
import type { PageRequest } from '../../../site.tsx'
import { OrgField } from '../../people/form/person-form.tsx'
import { countryChoices, languageChoices } from '../../people/words.ts'
import type { FormState } from './pages.tsx'

export interface FocalPointFormProps {
  readonly request: PageRequest
  readonly action: string
  readonly back: string
  readonly state: FormState
  /** A record that is there: for whom it is and who is named stay. */
  readonly isKept?: boolean
}

/** Of the choice between people: somebody who is not yet in the directory. */
export const SOMEBODY_NEW = 'new'

export function FocalPointForm({ request, action, back, state, isKept = false }: FocalPointFormProps) {
  const { t } = request
  const { values } = state
  const version = values.get('version')
  const error = (field: string) => state.errors?.find((one) => one.field === field)?.message
  const part = { request, state, error }
  return (
    <Form
      action={action}
      hidden={version === undefined ? {} : { version }}
      label={t(isKept ? 'coordination.edit' : 'coordination.new')}
    >
      {!isKept && <ForWhom {...part} />}
      {!isKept && <Who {...part} />}
      <FormSection title={t('coordination.form.mechanism')} hint={t('coordination.hint.mechanism')}>
        <TextField
          name="mechanismName"
          label={t('coordination.field.mechanismName')}
          value={values.get('mechanismName')}
          error={error('mechanismName')}
          maxLength={300}
          optional
        />
        <SelectField
          name="mechanismType"
          label={t('coordination.field.mechanismType')}
          choices={MECHANISM_TYPES.map((value) => ({ value, label: t(`coordination.mechanism.${value}`) }))}
          value={values.get('mechanismType')}
          error={error('mechanismType')}
          optional
        />
      </FormSection>
      <FormSection title={t('coordination.form.record')}>
        <RadioGroup
          name="isMain"
          label={t('coordination.field.isMain')}
          hint={t('coordination.hint.isMain')}
          choices={[
            { value: 'yes', label: t('coordination.main') },
            { value: 'no', label: t('coordination.further') },
          ]}
          value={values.get('isMain')}
          error={error('isMain')}
        />
        <CheckboxGroup
          name="languages"
          label={t('coordination.field.language')}
          hint={t('coordination.hint.language')}
          choices={languageChoices(t)}
          values={values.all('languages')}
          error={error('languages')}
          optional
        />
        <TextField
          name="otherLanguages"
          label={t('people.form.other-languages')}
          hint={t('people.hint.otherLanguages')}
          value={values.get('otherLanguages') ?? otherLanguages(request, state)}
          error={error('otherLanguages')}
          dir="ltr"
          width="medium"
          optional
        />
        <Backup {...part} />
        <DateField name="from" label={t('coordination.field.from')} value={values.date('from')} error={error('from')} optional />
        <TextField
          name="source"
          label={t('coordination.field.source')}
          hint={t('coordination.hint.source')}
          value={values.get('source')}
          error={error('source')}
          maxLength={500}
        />
      </FormSection>
      <ButtonRow>
        <Button>{t(isKept ? 'coordination.form.save' : 'coordination.form.name')}</Button>
        <ButtonLink href={back} kind="secondary">
          {t('coordination.cancel')}
        </ButtonLink>
      </ButtonRow>
    </Form>
  )
}

function otherLanguages({ t }: PageRequest, { values }: FormState): string {
  const official = languageChoices(t)
  return values
    .all('languages')
    .filter((tag) => !official.some(({ value }) => value === tag))
    .join(', ')
}

interface PartProps {
  readonly request: PageRequest
  readonly state: FormState
  error(field: string): string | undefined
}

function ForWhom({ request, state, error }: PartProps) {
  const { t } = request
  const { values } = state
  return (
    <FormSection title={t('coordination.form.subject')}>
      <RadioGroup
        name="scope"
        label={t('coordination.field.scope')}
        choices={FOCAL_POINT_SCOPES.map((value) => ({
          value,
          label: t(`coordination.scope.${value}`),
          hint: t(`coordination.scope-hint.${value}`),
        }))}
        value={values.get('scope')}
        error={error('scope')}
      />
      <SelectField
        name="countryCode"
        label={t('coordination.field.country')}
        hint={t('coordination.hint.country')}
        choices={countryChoices(t)}
        value={values.get('countryCode')}
        error={error('countryCode')}
        optional
      />
      <OrgField request={request} state={state} name="org" label={t('coordination.field.org')} error={error('org')} optional />
    </FormSection>
  )
}

/** Somebody chosen before, or a name; a name that is known brings the question who is meant. */
function Who({ request, state, error }: PartProps) {
  const { t } = request
  const { values, likely } = state
  const personId = values.get('personId')
  if (personId !== undefined) {
    return (
      <FormSection title={t('coordination.form.person')}>
        <input type="hidden" name="personId" value={personId} />
        <input type="hidden" name="personName" value={values.get('personName') ?? ''} />
        <p>
          <bdi>{values.get('personName') ?? personId}</bdi>
        </p>
        {error('personId') && <p class="error">{error('personId')}</p>}
      </FormSection>
    )
  }
  return (
    <FormSection title={t('coordination.form.person')} hint={t('coordination.hint.person')}>
      <TextField
        name="person"
        label={t('coordination.field.person')}
        value={values.get('person')}
        error={error('person')}
        autocomplete="off"
        maxLength={300}
      />
      {likely?.person && (
        <Which request={request} name="personChoice" people={likely.person} value={values.get('personChoice')} mayBeNew />
      )}
      <TextField
        name="title"
        label={t('people.field.title')}
        value={values.get('title')}
        error={error('title')}
        maxLength={300}
        optional
      />
      <TextField
        name="email"
        type="email"
        label={t('people.contact.email')}
        value={values.get('email')}
        error={error('email')}
        dir="ltr"
        width="medium"
        optional
      />
      <TextField
        name="phone"
        type="tel"
        label={t('people.contact.phone')}
        value={values.get('phone')}
        error={error('phone')}
        dir="ltr"
        width="medium"
        optional
      />
      <CheckboxGroup
        name="purposes"
        label={t('coordination.field.consent')}
        hint={t('coordination.hint.consent')}
        choices={CONSENT_PURPOSES.map((value) => ({ value, label: t(`people.consent.purpose.${value}`) }))}
        values={values.all('purposes')}
        error={error('purposes')}
        optional
      />
      <DateField
        name="givenOn"
        label={t('people.consent.givenOn')}
        hint={t('people.consent.whole-day')}
        value={values.date('givenOn')}
        error={error('givenOn')}
        optional
      />
      <TextField
        name="consentSource"
        label={t('people.consent.source')}
        hint={t('people.consent.source-hint')}
        value={values.get('consentSource')}
        error={error('consentSource')}
        maxLength={500}
        optional
      />
    </FormSection>
  )
}

function Backup({ request, state, error }: PartProps) {
  const { t } = request
  const { values, likely } = state
  return (
    <>
      <input type="hidden" name="backup-was" value={values.get('backup-was') ?? ''} />
      <input type="hidden" name="backup-id" value={values.get('backup-id') ?? ''} />
      <TextField
        name="backup"
        label={t('coordination.field.backup')}
        hint={t('coordination.hint.backup')}
        value={values.get('backup')}
        error={error('backup')}
        autocomplete="off"
        optional
      />
      {likely?.backup && (
        <Which request={request} name="backupChoice" people={likely.backup} value={values.get('backupChoice')} />
      )}
    </>
  )
}

interface WhichProps {
  readonly request: PageRequest
  readonly name: string
  readonly people: readonly ListedPerson[]
  readonly value: string | undefined
  readonly mayBeNew?: boolean
}

function Which({ request: { t }, name, people, value, mayBeNew = false }: WhichProps) {
  return (
    <RadioGroup
      name={name}
      label={t('coordination.form.which')}
      choices={[
        ...people.map((person) => ({ value: person.id, label: person.name, ...hintOf(t, person) })),
        ...(mayBeNew ? [{ value: SOMEBODY_NEW, label: t('coordination.form.somebody-new') }] : []),
      ]}
      value={value}
    />
  )
}

function hintOf(t: PageRequest['t'], { affiliations }: ListedPerson): { hint?: string } {
  const orgs = affiliations.flatMap(({ orgNames }) => textFor(orgNames, t.lang)?.text ?? [])
  return orgs.length === 0 ? {} : { hint: t.list(orgs) }
}
