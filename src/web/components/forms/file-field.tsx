/** Choosing a file. Browsers accept a dropped file on the control itself, so the drop zone needs no script. */
import { describedBy, Field, type FieldProps, fieldId } from './field-parts.tsx'

export interface FileFieldProps extends FieldProps {
  /** Extensions or media types: '.csv,.xlsx,.xml'. */
  readonly accept?: string | undefined
  readonly multiple?: boolean | undefined
}

export function FileField({ name, label, hint, error, optional, accept, multiple }: FileFieldProps) {
  return (
    <Field name={name} label={label} hint={hint} error={error} optional={optional}>
      <input
        id={fieldId(name)}
        name={name}
        type="file"
        class="drop"
        accept={accept}
        multiple={multiple}
        aria-describedby={describedBy({ name, hint, error })}
        aria-invalid={error === undefined ? undefined : 'true'}
      />
    </Field>
  )
}
