/** Parts of the form about what was given and what came of it. */

import { codeName, listModalities } from '../../../../../codes/index.ts'
import { listLanguages, ownNameOf } from '../../../../../i18n/languages.ts'
import {
  type Choice,
  DateField,
  RepeatingRows,
  rowFieldName,
  SelectField,
  TextArea,
  TextField,
} from '../../../../components/index.ts'
import { choicesOf } from '../../value-names.ts'
import { areaNameOf } from '../../words.ts'
import type { PartProps } from '../form-view.tsx'
import { withCurrent } from './parties.tsx'

/** The partners of this very form, by their numbers. */
function partnerChoices({ t, values }: PartProps): Choice[] {
  return values.rows('partners').map((index) => {
    const get = values.row('partners', index)
    const iso3 = get('iso3')
    const name = get('name') ?? (iso3 === undefined ? undefined : areaNameOf(t, iso3))
    const numbered = t('registry.partner.numbered', { number: index + 1 })
    return {
      value: get('no') ?? String(index + 1),
      label: name === undefined ? numbered : t('registry.list.set', { field: numbered, value: name }),
    }
  })
}

/** Items of a long list that the form does not show stay as they are, and it says so. */
function RestNote({ t, values, list }: Pick<PartProps, 't' | 'values'> & { readonly list: string }) {
  const rest = Number(values.get(`${list}-rest`) ?? '')
  if (!(rest > 0)) return null
  return (
    <>
      <input type="hidden" name={`${list}-rest`} value={String(rest)} />
      <p class="muted">{t('published.form.rest', { count: rest, shown: t.number(rest) })}</p>
    </>
  )
}

/** What people enter; of a published transaction also what it is. */
const NATURES_BY_HAND = ['commitment', 'disbursement', 'delivery', 'plan']

function natureChoices(t: PartProps['t'], current: string | undefined): Choice[] {
  return choicesOf(t, 'contributionNature').filter(({ value }) => NATURES_BY_HAND.includes(value) || value === current)
}

export function ContributionsPart(part: PartProps) {
  const { t, values, error } = part
  const partners = partnerChoices(part)
  const modalities = (['A', 'B', 'C'] as const).map((group) => ({
    label: t(`registry.group.${group}`),
    choices: listModalities()
      .filter(({ flowGroup }) => flowGroup === group)
      .map(({ code }) => ({ value: code, label: codeName('modality', code, t.lang) })),
  }))
  const bases = (['actual', 'table', 'estimate'] as const).map((basis) => ({ value: basis, label: t(`registry.basis.${basis}`) }))
  return (
    <>
      <RepeatingRows
        name="contributions"
        legend={t('registry.detail.contributions')}
        hint={t('registry.form.hint.contributions')}
        rowLabel={t('registry.form.contribution')}
        addLabel={t('registry.form.add-contribution')}
        error={error('contributions')}
        rows={values.rows('contributions').map((index) => {
          const get = values.row('contributions', index)
          const name = (field: string) => rowFieldName('contributions', index, field)
          const field = (key: string, label: string) => ({
            name: name(key),
            label,
            value: get(key),
            error: error(name(key)),
            optional: true,
          })
          return (
            <>
              <input type="hidden" name={name('no')} value={get('no') ?? String(index + 1)} />
              <SelectField {...field('modality', t('registry.fact.modality'))} choices={modalities} />
              <SelectField
                {...field('giver', t('registry.fact.giver'))}
                optional={false}
                choices={[...partners, { value: 'joint', label: t('registry.contribution.joint') }]}
              />
              <SelectField {...field('taker', t('registry.fact.taker'))} choices={partners} />
              <SelectField {...field('nature', t('codes.list.contributionNature'))} choices={natureChoices(t, get('nature'))} />
              <DateField
                name={name('start')}
                label={t('registry.fact.when')}
                value={values.date(name('start'))}
                error={error(name('start'))}
                optional
              />
              <TextField
                {...field('amount', t('registry.fact.amount'))}
                hint={t('registry.form.hint.amount')}
                width="medium"
                inputMode="decimal"
                dir="ltr"
              />
              <TextField
                {...field('currency', t('registry.form.currency'))}
                hint={t('registry.form.hint.currency')}
                width="short"
                maxLength={3}
                dir="ltr"
              />
              <TextField {...field('quantity', t('registry.fact.quantity'))} width="short" inputMode="decimal" dir="ltr" />
              <SelectField {...field('unit', t('codes.list.unit'))} choices={choicesOf(t, 'unit')} />
              <TextArea {...field('description', t('registry.fact.description'))} rows={2} />
              <TextField
                {...field('valuationAmount', t('registry.fact.valuation'))}
                hint={t('registry.form.hint.valuation')}
                width="medium"
                inputMode="decimal"
                dir="ltr"
              />
              <TextField
                {...field('valuationCurrency', t('registry.form.valuation-currency'))}
                width="short"
                maxLength={3}
                dir="ltr"
              />
              <SelectField {...field('valuationBasis', t('registry.form.basis'))} choices={bases} />
            </>
          )
        })}
      />
      <RestNote t={t} values={values} list="contributions" />
    </>
  )
}

export function ResultsPart(part: PartProps) {
  const { t, values, error } = part
  const partners = partnerChoices(part)
  const levels = (['output', 'outcome', 'impact'] as const).map((level) => ({
    value: level,
    label: t(`registry.level.${level}`),
  }))
  const languages = listLanguages().map((lang) => ({ value: lang, label: ownNameOf(lang) }))
  return (
    <>
      <RepeatingRows
        name="results"
        legend={t('registry.detail.results')}
        rowLabel={t('registry.fact.statement')}
        addLabel={t('registry.form.add-result')}
        rows={values.rows('results').map((index) => {
          const get = values.row('results', index)
          const field = (key: string, label: string) => ({
            name: rowFieldName('results', index, key),
            label,
            value: get(key),
            error: error(rowFieldName('results', index, key)),
            optional: true,
          })
          return (
            <>
              <TextArea {...field('statement', t('registry.fact.statement'))} rows={2} optional={false} />
              <input type="hidden" name={rowFieldName('results', index, 'was')} value={get('was') ?? ''} />
              <SelectField {...field('level', t('registry.fact.level'))} choices={levels} />
              <TextField {...field('indicator', t('registry.fact.indicator'))} />
              <TextField {...field('baseline', t('registry.fact.baseline'))} width="medium" />
              <TextField {...field('target', t('registry.fact.target'))} width="medium" />
              <TextField {...field('actual', t('registry.fact.actual'))} width="medium" />
              <SelectField {...field('giver', t('registry.fact.giver'))} choices={partners} />
              <SelectField {...field('taker', t('registry.fact.taker'))} choices={partners} />
            </>
          )
        })}
      />
      <RestNote t={t} values={values} list="results" />
      <RepeatingRows
        name="documents"
        legend={t('registry.detail.documents')}
        rowLabel={t('registry.form.document')}
        addLabel={t('registry.form.add-document')}
        rows={values.rows('documents').map((index) => {
          const get = values.row('documents', index)
          const name = (field: string) => rowFieldName('documents', index, field)
          return (
            <>
              <input type="hidden" name={name('was')} value={get('was') ?? ''} />
              <TextField
                name={name('url')}
                label={t('registry.form.address')}
                type="url"
                value={get('url')}
                error={error(name('url'))}
                dir="ltr"
              />
              <TextField
                name={name('title')}
                label={t('registry.column.title')}
                value={get('title')}
                error={error(name('title'))}
                optional
              />
              <SelectField
                name={name('language')}
                label={t('registry.form.language')}
                choices={withCurrent(languages, get('language'))}
                value={get('language')}
                optional
              />
              <DateField
                name={name('date')}
                label={t('registry.form.date')}
                value={values.date(name('date'))}
                error={error(name('date'))}
                optional
              />
            </>
          )
        })}
      />
      <RestNote t={t} values={values} list="documents" />
    </>
  )
}
