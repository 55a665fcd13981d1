/** Several lines of text. */
import { describedBy, Field, type FieldProps, fieldId } from './field-parts.tsx'

export interface TextAreaProps extends FieldProps {
  readonly value?: string | undefined
  readonly rows?: number | undefined
  readonly dir?: 'auto' | 'ltr' | 'rtl' | undefined
  readonly lang?: string | undefined
  readonly maxLength?: number | undefined
}

export function TextArea({ name, label, hint, error, optional, value, rows = 5, dir = 'auto', lang, maxLength }: TextAreaProps) {
  return (
    <Field name={name} label={label} hint={hint} error={error} optional={optional}>
      <textarea
        id={fieldId(name)}
        name={name}
        class="input input-full"
        rows={rows}
        dir={dir}
        lang={lang}
        maxLength={maxLength}
        aria-describedby={describedBy({ name, hint, error })}
        aria-invalid={error === undefined ? undefined : 'true'}
        value={value}
      />
    </Field>
  )
}
