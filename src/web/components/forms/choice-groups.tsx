/** Several of a list (checkboxes) or one of a short list (radio buttons). The first control carries the field's id. */
import { FieldGroup, type FieldProps, fieldId } from './field-parts.tsx'
import type { Choice } from './select-field.tsx'

export interface CheckboxGroupProps extends FieldProps {
  readonly choices: readonly Choice[]
  readonly values?: readonly string[] | undefined
}

export function CheckboxGroup({ choices, values = [], ...field }: CheckboxGroupProps) {
  return <Choices type="checkbox" choices={choices} chosen={values} field={field} />
}

export interface RadioGroupProps extends FieldProps {
  readonly choices: readonly Choice[]
  readonly value?: string | undefined
}

export function RadioGroup({ choices, value, ...field }: RadioGroupProps) {
  return <Choices type="radio" choices={choices} chosen={value === undefined ? [] : [value]} field={field} />
}

interface ChoicesProps {
  readonly type: 'checkbox' | 'radio'
  readonly choices: readonly Choice[]
  readonly chosen: readonly string[]
  readonly field: FieldProps
}

function Choices({ type, choices, chosen, field }: ChoicesProps) {
  return (
    <FieldGroup {...field}>
      {choices.map((choice, index) => {
        const id = index === 0 ? fieldId(field.name) : `${fieldId(field.name)}-${index}`
        return (
          <div class="choice" key={choice.value}>
            <input
              id={id}
              type={type}
              name={field.name}
              value={choice.value}
              checked={chosen.includes(choice.value)}
              aria-describedby={choice.hint === undefined ? undefined : `${id}-hint-of-choice`}
            />
            <label for={id}>{choice.label}</label>
            {choice.hint !== undefined && (
              <p class="hint" id={`${id}-hint-of-choice`}>
                {choice.hint}
              </p>
            )}
          </div>
        )
      })}
    </FieldGroup>
  )
}

export interface CheckboxFieldProps {
  readonly name: string
  readonly label: string
  readonly value?: string | undefined
  readonly checked?: boolean | undefined
  readonly hint?: string | undefined
}

/** A single yes or no. */
export function CheckboxField({ name, label, value = 'yes', checked, hint }: CheckboxFieldProps) {
  const id = fieldId(name)
  return (
    <div class="choice">
      <input
        id={id}
        type="checkbox"
        name={name}
        value={value}
        checked={checked}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
      />
      <label for={id}>{label}</label>
      {hint !== undefined && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  )
}
