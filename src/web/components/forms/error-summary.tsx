/** On top of a form that was not accepted: takes the focus and links to each field. */
import { useTranslator } from '../translator-context.ts'
import { fieldId } from './field-parts.tsx'

export interface FormError {
  /** Name of the field; without one the message concerns the whole form. */
  readonly field?: string | undefined
  readonly message: string
}

export interface ErrorSummaryProps {
  readonly errors: readonly FormError[]
}

export function ErrorSummary({ errors }: ErrorSummaryProps) {
  const t = useTranslator()
  if (errors.length === 0) return null
  return (
    // biome-ignore lint/a11y/noAutofocus: after a refused form the reader must land on the summary, also without script
    <div class="error-summary" role="alert" tabIndex={-1} autoFocus aria-labelledby="error-summary-title">
      <h2 id="error-summary-title">{t('components.form.summary', { count: errors.length, shown: t.number(errors.length) })}</h2>
      <ul>
        {errors.map((error) => (
          <li key={`${error.field ?? ''} ${error.message}`}>
            {error.field === undefined ? error.message : <a href={`#${fieldId(error.field)}`}>{error.message}</a>}
          </li>
        ))}
      </ul>
    </div>
  )
}
