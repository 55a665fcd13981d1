/** Where the rows go: into a collection that exists or into a new one; in which language their texts are. */
import type { Translator } from '../../../../i18n/translator.ts'
import { textFor } from '../../../../kernel/localized-text.ts'
import type { Collection } from '../../../../modules/registry/index.ts'
import { CheckboxField, type FormError, FormSection, SelectField, TextField } from '../../../components/index.ts'
import type { PageRequest } from '../../../site.tsx'
import { TargetFields } from '../target-fields.tsx'
import { errorOf } from './error-of.ts'
import type { MatchView } from './match-view.ts'
import { saysYear } from './read-match-form.ts'
import { languageName } from './recognised-section.tsx'

/** The six languages of the United Nations and those in which tables often come; any other is stored as not stated. */
const TEXT_LANGUAGES = ['ar', 'zh', 'en', 'fr', 'ru', 'es', 'pt']

interface SectionProps {
  readonly request: PageRequest
  readonly view: MatchView
  readonly errors: readonly FormError[]
}

export function CollectionSection({ request, view, errors }: SectionProps) {
  const { t } = request
  const { collection, language } = view.choices
  return (
    <FormSection title={t('imports.target.title')} hint={t('imports.target.hint')}>
      <TargetFields
        request={request}
        collections={view.collections}
        target={collection}
        errors={errors}
        hint={view.similar && t('imports.target.similar', { collection: nameOf(t, view.similar) })}
      />
      <YearField t={t} view={view} errors={errors} />
      <SelectField
        name="language"
        label={t('imports.target.language')}
        hint={t('imports.target.language-hint')}
        value={language === 'und' ? '' : language}
        optional
        choices={TEXT_LANGUAGES.map((lang) => ({ value: lang, label: languageName(t, lang) })).sort((a, b) =>
          t.compare(a.label, b.label),
        )}
      />
    </FormSection>
  )
}

/** Asked where the file says no year for its rows; of several sheets each has its year in the table of sheets. */
function YearField({ t, view, errors }: Pick<SectionProps, 'view' | 'errors'> & { readonly t: Translator }) {
  const { sheets, collectionYears, choices } = view
  const chosen = sheets.filter((sheet) => sheet.chosen)
  const inColumn = chosen.every(({ mapping }) => mapping.columns.some(({ field }) => field === 'listYear'))
  if (inColumn) return null
  const [only] = sheets
  const known = collectionYears.length > 0 ? t('imports.target.has-years', { years: t.list(collectionYears) }) : undefined
  return (
    <>
      {only && sheets.length === 1 ? (
        <TextField
          name={`year.${only.index}`}
          label={t('imports.target.year')}
          hint={[t('imports.target.year-hint'), known].filter((part) => part !== undefined).join(' ')}
          value={only.mapping.constants?.listYear ?? ''}
          error={errorOf(errors, `year.${only.index}`)}
          width="short"
          inputMode="numeric"
          dir="ltr"
          maxLength={4}
          optional
        />
      ) : (
        known && <p class="hint">{known}</p>
      )}
      {known && chosen.some(({ mapping }) => !saysYear(mapping)) && (
        <CheckboxField name="no-year" label={t('imports.target.no-year')} checked={choices.withoutYear ?? false} />
      )}
    </>
  )
}

function nameOf(t: Translator, { key, names }: Collection): string {
  return textFor(names, t.lang)?.text ?? key
}
