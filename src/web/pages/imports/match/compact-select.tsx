/** A choice inside a table or beside another field: its label is heard, not seen, because the heading of the column says it. */
import { fieldId } from '../../../components/index.ts'

interface CompactSelectProps {
  readonly name: string
  readonly label: string
  readonly choices: readonly { readonly value: string; readonly label: string }[]
  readonly value: string
  readonly error?: string | undefined
  /** The label stands above the control, where no heading of a column says it. */
  readonly labelled?: boolean
}

export function CompactSelect({ name, label, choices, value, error, labelled = false }: CompactSelectProps) {
  const id = fieldId(name)
  return (
    <div class={labelled ? 'field' : error === undefined ? undefined : 'field-wrong'}>
      <label class={labelled ? undefined : 'visually-hidden'} for={id}>
        {label}
      </label>
      {error !== undefined && (
        <p class="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
      <select
        id={id}
        name={name}
        class="input input-medium"
        aria-describedby={error === undefined ? undefined : `${id}-error`}
        aria-invalid={error === undefined ? undefined : 'true'}
      >
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value} selected={choice.value === value}>
            {choice.label}
          </option>
        ))}
      </select>
    </div>
  )
}
