/** Where a file goes, for tables and published files alike: a collection that exists, or a new one with name, key and state. */
import { textFor } from '../../../kernel/localized-text.ts'
import type { Collection } from '../../../modules/registry/index.ts'
import { type FormError, RadioGroup, SelectField, TextField } from '../../components/index.ts'
import type { PageRequest } from '../../site.tsx'
import { errorOf } from './match/error-of.ts'
import { NEW_COLLECTION } from './match/read-match-form.ts'
import type { Target } from './published/target.ts'

interface TargetFieldsProps {
  readonly request: PageRequest
  readonly collections: readonly Collection[]
  readonly target: Target
  readonly errors: readonly FormError[]
  /** Below the choice of a collection. */
  readonly hint?: string | undefined
}

export function TargetFields({ request: { t, may }, collections, target, errors, hint }: TargetFieldsProps) {
  const open = collections.filter(({ readOnly }) => !readOnly)
  const mayPublish = may('registry.initiative.publish')
  return (
    <>
      {open.length > 0 && (
        <SelectField
          name="collection"
          label={t('imports.target.collection')}
          error={errorOf(errors, 'collection')}
          {...(hint === undefined ? {} : { hint })}
          value={target.isNew ? NEW_COLLECTION : target.key}
          choices={[
            { value: NEW_COLLECTION, label: t('imports.target.new') },
            ...open.map(({ key, names }) => ({ value: key, label: textFor(names, t.lang)?.text ?? key })),
          ]}
        />
      )}
      <TextField
        name="new-name"
        label={t(open.length > 0 ? 'imports.target.new-name' : 'imports.target.name')}
        value={target.name}
        width="medium"
        maxLength={300}
        optional
      />
      <TextField
        name="new-key"
        label={t(open.length > 0 ? 'imports.target.new-key' : 'imports.target.key')}
        hint={t('imports.target.key-hint')}
        value={target.isNew ? target.key : ''}
        error={errorOf(errors, 'new-key')}
        width="medium"
        dir="ltr"
        maxLength={64}
      />
      <RadioGroup
        name="entry"
        label={t(open.length > 0 ? 'imports.target.new-entry' : 'imports.target.entry')}
        value={mayPublish ? target.entryState : 'submitted'}
        choices={[
          ...(mayPublish
            ? [{ value: 'published', label: t('imports.target.published'), hint: t('imports.target.published-hint') }]
            : []),
          { value: 'submitted', label: t('imports.target.submitted'), hint: t('imports.target.submitted-hint') },
        ]}
      />
    </>
  )
}
