/** Where the rows go: into a collection that exists or into a new one; in which language their texts are. */
import { textFor } from '../../../../kernel/localized-text.ts'
import { type FormError, FormSection, RadioGroup, SelectField, TextField } from '../../../components/index.ts'
import type { PageRequest } from '../../../site.tsx'
import { errorOf } from './error-of.ts'
import type { MatchView } from './match-view.ts'
import { NEW_COLLECTION } from './read-match-form.ts'
import { languageName } from './recognised-section.tsx'

/** The six languages of the United Nations and those in which tables often come; any other is stored as not stated. */
const TEXT_LANGUAGES = ['ar', 'zh', 'en', 'fr', 'ru', 'es', 'pt']

interface SectionProps {
  readonly request: PageRequest
  readonly view: MatchView
  readonly errors: readonly FormError[]
}

export function CollectionSection({ request: { t }, view, errors }: SectionProps) {
  const { collection, language } = view.choices
  const open = view.collections.filter((one) => !one.readOnly)
  return (
    <FormSection title={t('imports.target.title')} hint={t('imports.target.hint')}>
      {open.length > 0 && (
        <SelectField
          name="collection"
          label={t('imports.target.collection')}
          error={errorOf(errors, 'collection')}
          value={collection.isNew ? NEW_COLLECTION : collection.key}
          choices={[
            { value: NEW_COLLECTION, label: t('imports.target.new') },
            ...open.map(({ key, names }) => ({ value: key, label: textFor(names, t.lang)?.text ?? key })),
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
        value={collection.entryState}
        choices={[
          { value: 'published', label: t('imports.target.published'), hint: t('imports.target.published-hint') },
          { value: 'submitted', label: t('imports.target.submitted'), hint: t('imports.target.submitted-hint') },
        ]}
      />
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
