/** Parts of the form about who took part: partners with roles, the role of the supporting entity, countries and regions. */
import { codeName, listCodes } from '../../../../../codes/index.ts'
import { CheckboxField, type Choice, RepeatingRows, rowFieldName, SelectField, TextField } from '../../../../components/index.ts'
import { choicesOf } from '../../value-names.ts'
import type { PartProps } from '../form-view.tsx'

export function PartnersPart({ t, values, error, countries }: PartProps) {
  return (
    <>
      <RepeatingRows
        name="partners"
        legend={t('registry.detail.partners')}
        hint={t('registry.form.hint.partners')}
        rowLabel={t('registry.fact.partner')}
        addLabel={t('registry.form.add-partner')}
        error={error('partners')}
        rows={values.rows('partners').map((index) => {
          const get = values.row('partners', index)
          const name = (field: string) => rowFieldName('partners', index, field)
          return (
            <>
              <input type="hidden" name={name('no')} value={get('no') ?? String(index + 1)} />
              <TextField
                name={name('name')}
                label={t('registry.form.org')}
                hint={t('registry.form.hint.org')}
                value={get('name')}
                error={error(name('name'))}
                optional
              />
              <SelectField
                name={name('iso3')}
                label={t('registry.fact.country')}
                choices={countries}
                value={get('iso3')}
                error={error(name('iso3'))}
                optional
              />
              <SelectField
                name={name('role')}
                label={t('codes.list.role')}
                choices={choicesOf(t, 'role')}
                value={get('role')}
                error={error(name('role'))}
                optional
              />
              <SelectField
                name={name('partnerType')}
                label={t('codes.list.partnerType')}
                choices={choicesOf(t, 'partnerType')}
                value={get('partnerType')}
                error={error(name('partnerType'))}
                optional
              />
              <SelectField
                name={name('own')}
                label={t('registry.fact.ownResources')}
                choices={yesNoChoices(t)}
                value={get('own')}
                width="short"
                optional
              />
              <CheckboxField name={name('unnamed')} label={t('registry.form.unnamed')} checked={get('unnamed') === 'yes'} />
            </>
          )
        })}
      />
      <RepeatingRows
        name="agencyRoles"
        legend={t('registry.field.role')}
        hint={t('registry.form.hint.agencyRoles')}
        rowLabel={t('registry.form.role')}
        addLabel={t('registry.form.add-role')}
        rows={values.rows('agencyRoles').map((index) => {
          const get = values.row('agencyRoles', index)
          const name = (field: string) => rowFieldName('agencyRoles', index, field)
          return (
            <>
              <SelectField
                name={name('role')}
                label={t('registry.form.role')}
                choices={choicesOf(t, 'agencyRole')}
                value={get('role')}
                error={error(name('role'))}
              />
              <TextField name={name('org')} label={t('registry.form.entity')} value={get('org')} width="medium" optional />
            </>
          )
        })}
      />
    </>
  )
}

export function yesNoChoices(t: PartProps['t']): Choice[] {
  return [
    { value: 'yes', label: t('registry.yes') },
    { value: 'no', label: t('registry.no') },
  ]
}

export function CountriesPart(part: PartProps) {
  const { t, values } = part
  const regions = listCodes('region').map(({ code }) => ({ value: code, label: codeName('region', code, t.lang) }))
  return (
    <>
      <Places {...part} list="hosts" field="iso3" label={t('registry.field.host')} choices={part.countries} />
      <Places {...part} list="engagedCountries" field="iso3" label={t('registry.fact.engaged')} choices={part.countries} />
      <Places {...part} list="countries" field="iso3" label={t('registry.form.recipients')} choices={part.countries} withShare />
      <Places
        {...part}
        list="regions"
        field="code"
        label={t('registry.field.region')}
        choices={regions}
        withShare={values.rowCount('regions') > 0}
      />
    </>
  )
}

interface PlacesProps extends PartProps {
  readonly list: 'hosts' | 'engagedCountries' | 'countries' | 'regions'
  readonly field: string
  readonly label: string
  readonly choices: readonly Choice[]
  readonly withShare?: boolean
}

function Places({ t, values, error, list, field, label, choices, withShare }: PlacesProps) {
  return (
    <RepeatingRows
      name={list}
      legend={label}
      rowLabel={list === 'regions' ? t('registry.field.region') : t('registry.fact.country')}
      addLabel={list === 'regions' ? t('registry.form.add-region') : t('registry.form.add-country')}
      error={error(list)}
      rows={values.rows(list).map((index) => {
        const get = values.row(list, index)
        const name = (part: string) => rowFieldName(list, index, part)
        return (
          <>
            {list === 'regions' && <input type="hidden" name={name('was')} value={get('was') ?? ''} />}
            <SelectField
              name={name(field)}
              label={list === 'regions' ? t('registry.field.region') : t('registry.fact.country')}
              choices={withCurrent(choices, get(field))}
              value={get(field)}
              error={error(name(field))}
            />
            {withShare && (
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
            )}
          </>
        )
      })}
    />
  )
}

/** A code that the list does not know stays, under its own name. */
export function withCurrent(choices: readonly Choice[], value: string | undefined): readonly Choice[] {
  const isKnown = value === undefined || choices.some((choice) => choice.value === value)
  return isKnown ? choices : [...choices, { value, label: value }]
}
