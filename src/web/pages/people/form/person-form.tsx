/** The fields of a person. */
import { CONTACT_KINDS, type ContactKind, VISIBILITIES } from '../../../../modules/directory/index.ts'
import {
  Button,
  ButtonLink,
  ButtonRow,
  CheckboxField,
  CheckboxGroup,
  DateField,
  Form,
  FormSection,
  RadioGroup,
  RepeatingRows,
  rowFieldName,
  SelectField,
  TextArea,
  TextField,
} from '../../../components/index.ts'
import type { PageRequest } from '../../../site.tsx'
import { countryChoices, languageChoices } from '../words.ts'
import type { FormState } from './pages.tsx'

export interface PersonFormProps {
  readonly request: PageRequest
  readonly action: string
  readonly back: string
  readonly state: FormState
  /** Kinds of contact data that are kept and not shown here. */
  readonly kept: readonly ContactKind[]
  /** The organisations cannot be changed here, because some may not be seen. */
  readonly fixedAffiliations?: boolean
}

const INPUT_OF_KIND = { email: 'email', phone: 'tel', web: 'url' } as const

export function PersonForm({ request, action, back, state, kept, fixedAffiliations = false }: PersonFormProps) {
  const { t } = request
  const { values } = state
  const error = (field: string) => state.errors?.find((one) => one.field === field)?.message
  const version = values.get('version')
  const official = languageChoices(t)
  const others = values.all('languages').filter((tag) => !official.some(({ value }) => value === tag))
  return (
    <Form action={action} hidden={version === undefined ? {} : { version }} label={t('people.form.label')}>
      <FormSection title={t('people.form.who')}>
        <TextField
          name="name"
          label={t('people.field.name')}
          hint={t('people.hint.name')}
          value={values.get('name')}
          error={error('name')}
        />
        <TextArea
          name="otherNames"
          label={t('people.field.otherNames')}
          hint={t('people.hint.otherNames')}
          value={values.get('otherNames')}
          error={error('otherNames')}
          rows={2}
          optional
        />
        {state.asksAnother && <CheckboxField name="anotherOfThatName" label={t('people.form.another')} />}
        <CheckboxGroup
          name="languages"
          label={t('people.field.languages')}
          choices={official}
          values={values.all('languages')}
          error={error('languages')}
          optional
        />
        <TextField
          name="otherLanguages"
          label={t('people.form.other-languages')}
          hint={t('people.hint.otherLanguages')}
          value={values.get('otherLanguages') ?? others.join(', ')}
          error={error('otherLanguages')}
          dir="ltr"
          width="medium"
          optional
        />
        <SelectField
          name="countryCode"
          label={t('people.field.countryCode')}
          choices={countryChoices(t)}
          value={values.get('countryCode')}
          error={error('countryCode')}
          optional
        />
      </FormSection>
      {fixedAffiliations ? (
        <p class="hint">{t('people.hint.fixed-affiliations')}</p>
      ) : (
        <Affiliations request={request} state={state} error={error} />
      )}
      <FormSection title={t('people.contact.title')} hint={t('people.hint.contact')}>
        {CONTACT_KINDS.map((kind) => (
          <ContactInput key={kind} kind={kind} request={request} state={state} error={error} isKept={kept.includes(kind)} />
        ))}
      </FormSection>
      <FormSection title={t('people.form.record')}>
        <OrgField
          request={request}
          state={state}
          name="ownerOrg"
          label={t('people.field.ownerOrg')}
          error={error('ownerOrg')}
          optional
        />
        <RadioGroup
          name="visibility"
          label={t('people.field.visibility')}
          hint={t('people.hint.visibility')}
          choices={VISIBILITIES.map((one) => ({ value: one, label: t(`people.visibility.${one}`) }))}
          value={values.get('visibility')}
          error={error('visibility')}
        />
      </FormSection>
      <ButtonRow>
        <Button>{t('people.form.save')}</Button>
        <ButtonLink href={back} kind="secondary">
          {t('people.cancel')}
        </ButtonLink>
      </ButtonRow>
    </Form>
  )
}

interface PartProps {
  readonly request: PageRequest
  readonly state: FormState
  error(field: string): string | undefined
}

function Affiliations({ request, state: { values, ...state }, error }: PartProps) {
  const { t } = request
  return (
    <RepeatingRows
      name="affiliations"
      legend={t('people.affiliations')}
      rowLabel={t('people.field.org')}
      addLabel={t('people.form.add-org')}
      error={error('affiliations')}
      max={30}
      rows={values.rows('affiliations').map((index) => {
        const name = (field: string) => rowFieldName('affiliations', index, field)
        return (
          <>
            <OrgField
              request={request}
              state={{ ...state, values }}
              name={name('org')}
              label={t('people.field.org')}
              error={error(name('org'))}
            />
            <TextField
              name={name('title')}
              label={t('people.field.title')}
              value={values.get(name('title'))}
              error={error(name('title'))}
              optional
            />
            <DateField
              name={name('from')}
              label={t('people.field.from')}
              value={values.date(name('from'))}
              error={error(name('from'))}
              optional
            />
            <DateField
              name={name('to')}
              label={t('people.field.to')}
              hint={t('people.hint.to')}
              value={values.date(name('to'))}
              error={error(name('to'))}
              optional
            />
          </>
        )
      })}
    />
  )
}

export interface OrgFieldProps {
  readonly request: PageRequest
  readonly state: FormState
  readonly name: string
  readonly label: string
  readonly error: string | undefined
  readonly optional?: boolean
}

/** An organisation is typed by name. What was chosen before travels along, so that an untouched name stays that organisation. */
export function OrgField({ request: { t }, state: { values }, name, label, error, optional = false }: OrgFieldProps) {
  return (
    <>
      <input type="hidden" name={`${name}-was`} value={values.get(`${name}-was`) ?? ''} />
      <input type="hidden" name={`${name}-id`} value={values.get(`${name}-id`) ?? ''} />
      <TextField
        name={name}
        label={label}
        hint={t('people.hint.org')}
        value={values.get(name)}
        error={error}
        optional={optional}
      />
    </>
  )
}

function ContactInput({
  request: { t },
  state: { values },
  error,
  kind,
  isKept,
}: PartProps & { kind: ContactKind; isKept: boolean }) {
  const name = `contact.${kind}`
  const label = t(`people.contact.${kind}`)
  const shared = { name, label, value: values.get(name), error: error(name), optional: true } as const
  const hint = isKept ? t('people.hint.kept') : undefined
  return (
    <>
      {kind === 'address' ? (
        <TextArea {...shared} rows={3} hint={hint} />
      ) : (
        <TextField {...shared} type={INPUT_OF_KIND[kind]} dir="ltr" width="medium" hint={hint} />
      )}
      {isKept && (
        <CheckboxField
          name={`remove.${kind}`}
          label={t('people.form.remove-contact', { kind: label })}
          checked={values.get(`remove.${kind}`) === 'yes'}
        />
      )}
    </>
  )
}
