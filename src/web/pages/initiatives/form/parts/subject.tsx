/** Part of the form about what it is about: sectors, goals, theme and the like. */
import { codeName, listSdgGoals, listSdgTargets, listSectors } from '../../../../../codes/index.ts'
import type { Translator } from '../../../../../i18n/translator.ts'
import {
  CheckboxGroup,
  type ChoiceSection,
  RepeatingRows,
  rowFieldName,
  SelectField,
  TextField,
} from '../../../../components/index.ts'
import { choicesOf, goalName } from '../../value-names.ts'
import type { PartProps } from '../form-view.tsx'
import { yesNoChoices } from './parties.tsx'

export function SubjectPart(part: PartProps) {
  const { t, values, error } = part
  return (
    <>
      <RepeatingRows
        name="sectors"
        legend={t('registry.field.sector')}
        rowLabel={t('registry.field.sector')}
        addLabel={t('registry.form.add-sector')}
        error={error('sectors')}
        rows={values.rows('sectors').map((index) => {
          const get = values.row('sectors', index)
          const name = (field: string) => rowFieldName('sectors', index, field)
          return (
            <>
              <SelectField
                name={name('code')}
                label={t('registry.field.sector')}
                choices={sectorChoices(t, get('code'))}
                value={get('code')}
                error={error(name('code'))}
                width="full"
              />
              <TextField
                name={name('share')}
                label={t('registry.form.share')}
                value={get('share')}
                error={error(name('share'))}
                unit="%"
                width="short"
                inputMode="decimal"
                dir="ltr"
                optional
              />
            </>
          )
        })}
      />
      <RepeatingRows
        name="goals"
        legend={t('registry.field.goal')}
        rowLabel={t('registry.form.goal')}
        addLabel={t('registry.form.add-goal')}
        rows={values.rows('goals').map((index) => {
          const get = values.row('goals', index)
          const name = (field: string) => rowFieldName('goals', index, field)
          return (
            <>
              <SelectField
                name={name('goal')}
                label={t('registry.form.goal')}
                choices={goalChoices(t)}
                value={get('goal')}
                error={error(name('goal'))}
                width="full"
              />
              <SelectField
                name={name('contribution')}
                label={t('registry.form.weight')}
                choices={(['principal', 'significant'] as const).map((weight) => ({
                  value: weight,
                  label: t(`registry.weight.${weight}`),
                }))}
                value={get('contribution')}
                optional
              />
            </>
          )
        })}
      />
      <SelectField
        name="theme"
        label={t('registry.field.theme')}
        choices={choicesOf(t, 'theme')}
        value={values.get('theme')}
        error={error('theme')}
        width="full"
        optional
      />
      <CheckboxGroup
        name="territorialFocus"
        label={t('registry.field.focus')}
        choices={choicesOf(t, 'territorialFocus')}
        values={values.all('territorialFocus')}
        optional
      />
      <CheckboxGroup
        name="demandAreas"
        label={t('codes.list.demandArea')}
        choices={choicesOf(t, 'demandArea')}
        values={values.all('demandAreas')}
        optional
      />
      <CheckboxGroup
        name="supportCategories"
        label={t('codes.list.supportCategory')}
        choices={choicesOf(t, 'supportCategory')}
        values={values.all('supportCategories')}
        optional
      />
      <SelectField
        name="humanitarian"
        label={t('registry.fact.humanitarian')}
        choices={yesNoChoices(t)}
        value={values.get('humanitarian')}
        width="short"
        optional
      />
      <SelectField
        name="regionalPublicGood"
        label={t('registry.fact.regionalPublicGood')}
        choices={yesNoChoices(t)}
        value={values.get('regionalPublicGood')}
        width="short"
        optional
      />
    </>
  )
}

/** Groups (vocabulary 2 of IATI) with their purposes (vocabulary 1); a code from elsewhere stays as it is. */
function sectorChoices(t: Translator, value: string | undefined) {
  const name = (code: string) => t('registry.numbered', { number: code, name: codeName('sector', code, t.lang) })
  const groups = listSectors(3).filter(({ withdrawn, kind }) => !withdrawn && kind === 'group')
  const purposes = listSectors(5).filter(({ withdrawn }) => !withdrawn)
  const sections: ChoiceSection[] = groups.map((group) => ({
    label: name(group.code),
    choices: [
      { value: `2:${group.code}`, label: name(group.code) },
      ...purposes.filter(({ parent }) => parent === group.code).map(({ code }) => ({ value: `1:${code}`, label: name(code) })),
    ],
  }))
  const known = value === undefined || sections.some(({ choices }) => choices.some((choice) => choice.value === value))
  return known ? sections : [...sections, { value, label: value.split(':')[1] ?? value }]
}

function goalChoices(t: Translator): ChoiceSection[] {
  return listSdgGoals().map(({ code }) => ({
    label: goalName(t, code),
    choices: [code, ...listSdgTargets(code).map((target) => target.code)].map((choice) => ({
      value: choice,
      label: goalName(t, choice),
    })),
  }))
}
