/** The form of an initiative, in sections that save alone. Without script: rows come and go by sending the form. */
import type { ComponentChildren } from 'preact'
import { listAreas } from '../../../../codes/index.ts'
import type { Translator } from '../../../../i18n/translator.ts'
import {
  Button,
  ButtonRow,
  type Choice,
  ErrorSummary,
  Form,
  type FormError,
  FormSection,
  Notice,
  SelectField,
  TextField,
} from '../../../components/index.ts'
import type { PageRequest } from '../../../site.tsx'
import { factName } from '../fact-text.ts'
import { countryChoices } from '../words.ts'
import type { FormValues } from './form-values.ts'
import { ContributionsPart, ResultsPart } from './parts/flows.tsx'
import { CountriesPart, PartnersPart } from './parts/parties.tsx'
import { SubjectPart } from './parts/subject.tsx'
import { RecordPart, WhatPart } from './parts/what.tsx'

export interface FormViewProps {
  readonly request: PageRequest
  readonly values: FormValues
  readonly errors: readonly FormError[]
  readonly action: string
  /** Travel unseen: the version that the change builds on, or the collection. */
  readonly hidden: Readonly<Record<string, string>>
  readonly isNew: boolean
  /** When a new record may go into several collections: the person chooses. */
  readonly collections?: { readonly choices: readonly Choice[]; readonly chosen: string | undefined } | undefined
  readonly moved?: string | undefined
}

/** What every part of the form needs. */
export interface PartProps {
  readonly t: Translator
  readonly values: FormValues
  readonly error: (field: string) => string | undefined
  readonly countries: readonly Choice[]
  readonly isNew: boolean
}

export function FormView({ request, values, errors, action, hidden, isNew, collections, moved }: FormViewProps) {
  const { t } = request
  const part: PartProps = {
    t,
    values,
    error: (field) => errors.find((one) => one.field === field)?.message,
    countries: countryChoices(t, listAreas()),
    isNew,
  }
  const section = (id: string, children: ComponentChildren) => (
    <FormSection title={t(`registry.section.${id}`)} hint={t(`registry.section-hint.${id}`)} id={id}>
      {children}
      <ButtonRow>
        <Button kind="secondary">{t('registry.form.save')}</Button>
      </ButtonRow>
    </FormSection>
  )
  return (
    <>
      <ErrorSummary errors={errors} />
      {moved !== undefined && (
        <Notice live>
          <p>
            {t('registry.form.rows-changed')} <a href={`#rows-${moved}`}>{factName(t, moved)}</a>
          </p>
        </Notice>
      )}
      <Form action={action} hidden={hidden} label={t('registry.form.name')}>
        {collections && (
          <SelectField
            name="collection"
            label={t('registry.field.collection')}
            choices={collections.choices}
            value={collections.chosen}
            error={part.error('collection')}
          />
        )}
        {section('what', <WhatPart {...part} />)}
        {section('partners', <PartnersPart {...part} />)}
        {section('countries', <CountriesPart {...part} />)}
        {section('contributions', <ContributionsPart {...part} />)}
        {section('results', <ResultsPart {...part} />)}
        {section('subject', <SubjectPart {...part} />)}
        {section('record', <RecordPart {...part} />)}
        {!isNew && (
          <TextField
            name="reason"
            label={t('registry.form.reason')}
            hint={t('registry.form.reason-hint')}
            value={values.get('reason')}
            optional
          />
        )}
        <ButtonRow>
          <Button>{t(isNew ? 'registry.form.register' : 'registry.form.save')}</Button>
        </ButtonRow>
      </Form>
    </>
  )
}
