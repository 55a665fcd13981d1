/** One line of text. The direction follows what is typed unless the field knows better (codes are always left to right). */
import { describedBy, Field, type FieldProps, fieldId } from './field-parts.tsx'

export interface TextFieldProps extends FieldProps {
  readonly value?: string | undefined
  readonly type?: 'text' | 'email' | 'url' | 'tel' | 'password' | 'search' | undefined
  readonly width?: 'short' | 'medium' | 'full' | undefined
  readonly dir?: 'auto' | 'ltr' | 'rtl' | undefined
  /** The language in which the person is asked to write. */
  readonly lang?: string | undefined
  readonly inputMode?: 'text' | 'numeric' | 'decimal' | 'email' | 'url' | 'tel' | undefined
  readonly autocomplete?: string | undefined
  readonly maxLength?: number | undefined
  /** Shown and sent, and not to be changed here. */
  readonly readOnly?: boolean | undefined
  /** What the browser proposes while somebody types; anything else may be typed too. */
  readonly suggestions?: readonly string[] | undefined
  /** Unit behind the field: "USD", "%". */
  readonly unit?: string | undefined
}

export function TextField(props: TextFieldProps) {
  const { name, label, hint, error, optional, value, type = 'text', width = 'full', dir = 'auto', unit } = props
  const input = (
    <input
      id={fieldId(name)}
      name={name}
      // The typings want one literal here; each of ours takes the same attributes.
      type={type as 'text'}
      value={value}
      class={`input input-${width}`}
      dir={dir}
      lang={props.lang}
      inputMode={props.inputMode}
      autocomplete={props.autocomplete}
      maxLength={props.maxLength}
      readOnly={props.readOnly}
      list={props.suggestions && `${fieldId(name)}-list`}
      aria-describedby={describedBy({ name, hint, error })}
      aria-invalid={error === undefined ? undefined : 'true'}
    />
  )
  return (
    <Field name={name} label={label} hint={hint} error={error} optional={optional}>
      {unit === undefined ? (
        input
      ) : (
        <span class="input-with-unit">
          {input} <span class="unit">{unit}</span>
        </span>
      )}
      {props.suggestions && (
        <datalist id={`${fieldId(name)}-list`}>
          {props.suggestions.map((suggestion) => (
            <option key={suggestion} value={suggestion} />
          ))}
        </datalist>
      )}
    </Field>
  )
}
