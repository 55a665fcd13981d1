/** Where the rows go: into a collection that exists or into a new one; in which language their texts are. */
import type { Translator } from '../../../../i18n/translator.ts'
import { textFor } from '../../../../kernel/localized-text.ts'
import type { Collection } from '../../../../modules/registry/index.ts'
import { CheckboxField, type FormError, FormSection, RadioGroup, SelectField, TextField } from '../../../components/index.ts'
import type { PageRequest } from '../../../site.tsx'
import { errorOf } from './error-of.ts'
import type { MatchView } from './match-view.ts'
import { NEW_COLLECTION, saysYear } from './read-match-form.ts'
import { languageName } from './recognised-section.tsx'

/** The six languages of the United Nations and those in which tables often come; any other is stored as not stated. */
const TEXT_LANGUAGES = ['ar', 'zh', 'en', 'fr', 'ru', 'es', 'pt']

interface SectionProps {
  readonly request: PageRequest
  readonly view: MatchView
  readonly errors: readonly FormError[]
}

export function CollectionSection({ request: { t, may }, view, errors }: SectionProps) {
  const mayPublish = may('registry.initiative.publish')
  const { collection, language } = view.choices
  const open = view.collections.filter((one) => !one.readOnly)
  return (
    <FormSection title={t('imports.target.title')} hint={t('imports.target.hint')}>
      {open.length > 0 && (
        <SelectField
          name="collection"
          label={t('imports.target.collection')}
          error={errorOf(errors, 'collection')}
          hint={view.similar && t('imports.target.similar', { collection: nameOf(t, view.similar) })}
          value={collection.isNew ? NEW_COLLECTION : collection.key}
          choices={[
            { value: NEW_COLLECTION, label: t('imports.target.new') },
            ...open.map((one) => ({ value: one.key, label: nameOf(t, one) })),
          ]}
        />
      )}
      <TextField
        name="new-name"
        label={t(open.length > 0 ? 'imports.target.new-name' : 'imports.target.name')}
        value={collection.name}
        width="medium"
        maxLength={300}
        optional
      />
      <TextField
        name="new-key"
        label={t(open.length > 0 ? 'imports.target.new-key' : 'imports.target.key')}
        hint={t('imports.target.key-hint')}
        value={collection.isNew ? collection.key : ''}
        error={errorOf(errors, 'new-key')}
        width="medium"
        dir="ltr"
        maxLength={64}
      />
      <RadioGroup
        name="entry"
        label={t(open.length > 0 ? 'imports.target.new-entry' : 'imports.target.entry')}
        value={mayPublish ? collection.entryState : 'submitted'}
        choices={[
          ...(mayPublish
            ? [{ value: 'published', label: t('imports.target.published'), hint: t('imports.target.published-hint') }]
            : []),
          { value: 'submitted', label: t('imports.target.submitted'), hint: t('imports.target.submitted-hint') },
        ]}
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
