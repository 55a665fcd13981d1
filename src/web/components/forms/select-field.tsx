/** One of a list. An empty first line lets a person leave it open. */
import { useTranslator } from '../translator-context.ts'
import { describedBy, Field, type FieldProps, fieldId } from './field-parts.tsx'

export interface Choice {
  readonly value: string
  readonly label: string
  readonly hint?: string | undefined
}

export interface ChoiceSection {
  readonly label: string
  readonly choices: readonly Choice[]
}

export interface SelectFieldProps extends FieldProps {
  readonly choices: readonly (Choice | ChoiceSection)[]
  readonly value?: string | undefined
  readonly width?: 'short' | 'medium' | 'full' | undefined
}

export function SelectField({ name, label, hint, error, optional, choices, value, width = 'medium' }: SelectFieldProps) {
  const t = useTranslator()
  const option = (choice: Choice) => (
    <option key={choice.value} value={choice.value} selected={choice.value === value}>
      {choice.label}
    </option>
  )
  return (
    <Field name={name} label={label} hint={hint} error={error} optional={optional}>
      <select
        id={fieldId(name)}
        name={name}
        class={`input input-${width}`}
        aria-describedby={describedBy({ name, hint, error })}
        aria-invalid={error === undefined ? undefined : 'true'}
      >
        <option value="">{optional ? t('components.not-stated') : t('components.form.choose')}</option>
        {choices.map((choice) =>
          'choices' in choice ? (
            <optgroup key={choice.label} label={choice.label}>
              {choice.choices.map(option)}
            </optgroup>
          ) : (
            option(choice)
          ),
        )}
      </select>
    </Field>
  )
}
