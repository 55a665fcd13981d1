/** First and last part of the form: what it is and when; and what the record itself needs. */
import { listLanguages, ownNameOf } from '../../../../../i18n/languages.ts'
import {
  CheckboxGroup,
  DateField,
  RadioGroup,
  RepeatingRows,
  rowFieldName,
  SelectField,
  TextArea,
  TextField,
} from '../../../../components/index.ts'
import { choicesOf } from '../../value-names.ts'
import type { PartProps } from '../form-view.tsx'

export function WhatPart(part: PartProps) {
  const { t, values, error, isNew } = part
  return (
    <>
      <Texts {...part} name="title" lines={1} />
      <RadioGroup
        name="kind"
        label={t('codes.list.initiativeKind')}
        choices={choicesOf(t, 'initiativeKind')}
        value={values.get('kind')}
        error={error('kind')}
        optional
      />
      <Texts {...part} name="summary" lines={4} />
      <Texts {...part} name="exchange" lines={4} />
      <Texts {...part} name="objective" lines={3} />
      <RadioGroup
        name="scale"
        label={t('registry.field.scale')}
        choices={choicesOf(t, 'scale')}
        value={values.get('scale')}
        error={error('scale')}
        optional
      />
      <RadioGroup
        name="purpose"
        label={t('codes.list.purpose')}
        choices={choicesOf(t, 'purpose')}
        value={values.get('purpose')}
        error={error('purpose')}
        optional
      />
      {(['plannedPeriod', 'actualPeriod'] as const).flatMap((period) =>
        (['start', 'end'] as const).map((end) => (
          <DateField
            key={`${period}.${end}`}
            name={`${period}.${end}`}
            label={t(`registry.form.${period}.${end}`)}
            value={values.date(`${period}.${end}`)}
            error={error(`${period}.${end}`)}
            optional
          />
        )),
      )}
      {isNew && (
        <SelectField
          name="phase"
          label={t('codes.list.phase')}
          choices={choicesOf(t, 'phase')}
          value={values.get('phase')}
          error={error('phase')}
          optional
        />
      )}
    </>
  )
}

/** A text in several languages, one row each; the first one is the original. */
function Texts({ t, values, error, name, lines }: PartProps & { readonly name: string; readonly lines: number }) {
  const languages = listLanguages().map((lang) => ({ value: lang, label: ownNameOf(lang) }))
  return (
    <RepeatingRows
      name={name}
      legend={t(`registry.fact.${name}`)}
      hint={t(`registry.form.hint.${name}`)}
      rowLabel={t('registry.form.language-version')}
      addLabel={t('registry.form.add-language')}
      error={error(name)}
      rows={values.rows(name).map((index) => {
        const lang = values.row(name, index)('lang') ?? unusedLanguage(t, values, name)
        const known = languages.some(({ value }) => value === lang)
        const field = {
          name: rowFieldName(name, index, 'text'),
          label: t('registry.form.text'),
          value: values.row(name, index)('text'),
          error: error(rowFieldName(name, index, 'text')),
          optional: true,
        }
        return (
          <>
            <SelectField
              name={rowFieldName(name, index, 'lang')}
              label={t('registry.form.language')}
              choices={
                known
                  ? languages
                  : [...languages, { value: lang, label: lang === 'und' ? t('components.not-stated') : ownNameOf(lang) }]
              }
              value={lang}
            />
            {lines === 1 ? <TextField {...field} lang={lang} /> : <TextArea {...field} rows={lines} lang={lang} />}
          </>
        )
      })}
    />
  )
}

/** The reader's language first, then the ones that no row has yet. */
function unusedLanguage(t: PartProps['t'], values: PartProps['values'], list: string): string {
  const used = values.rows(list).map((index) => values.row(list, index)('lang'))
  return [t.lang, ...listLanguages()].find((lang) => !used.includes(lang)) ?? t.lang
}

export function RecordPart({ t, values, error, isNew }: PartProps) {
  return (
    <>
      {isNew && (
        <TextField
          name="identifier"
          label={t('registry.column.identifier')}
          hint={t('registry.form.hint.identifier')}
          value={values.get('identifier')}
          error={error('identifier')}
          width="medium"
          dir="ltr"
          optional
        />
      )}
      <TextField
        name="reportingOrg"
        label={t('registry.fact.reportingOrg')}
        hint={t('registry.form.hint.org')}
        value={values.get('reportingOrg')}
        error={error('reportingOrg')}
        optional
      />
      <RepeatingRows
        name="listed"
        legend={t('registry.form.years')}
        hint={t('registry.form.hint.years')}
        rowLabel={t('registry.field.year')}
        addLabel={t('registry.form.add-year')}
        rows={values
          .rows('listed')
          .map((index) => (
            <TextField
              key={index}
              name={rowFieldName('listed', index, 'year')}
              label={t('registry.field.year')}
              value={values.row('listed', index)('year')}
              error={error(rowFieldName('listed', index, 'year'))}
              width="short"
              inputMode="numeric"
              dir="ltr"
            />
          ))}
      />
      <SelectField
        name="overrideType"
        label={t('registry.form.override')}
        hint={t('registry.form.hint.override')}
        choices={choicesOf(t, 'framework')}
        value={values.get('overrideType')}
        error={error('overrideType')}
        optional
      />
      <TextField
        name="overrideReason"
        label={t('registry.form.override-reason')}
        value={values.get('overrideReason')}
        error={error('overrideReason')}
        optional
      />
      <CheckboxGroup
        name="partnerTypes"
        label={t('registry.fact.mentioned-types')}
        choices={choicesOf(t, 'partnerType')}
        values={values.all('partnerTypes')}
        error={error('partnerTypes')}
        optional
      />
      <TextArea name="note" label={t('registry.fact.note')} value={values.get('note')} rows={3} optional />
      <TextArea
        name="contact"
        label={t('registry.form.contact')}
        hint={t('registry.form.hint.contact')}
        value={values.get('contact')}
        rows={3}
        optional
      />
    </>
  )
}
