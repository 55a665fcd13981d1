/**
 * A form in one column that works without script. The server checks it and answers 422 with the same page.
 */
import type { ComponentChildren } from 'preact'

export interface FormProps {
  readonly action: string
  readonly method?: 'post' | 'get' | undefined
  /** True when the form carries a file. */
  readonly files?: boolean | undefined
  /** Values that travel unseen: version of the record, token against forged requests. */
  readonly hidden?: Readonly<Record<string, string>> | undefined
  readonly label?: string | undefined
  readonly children: ComponentChildren
}

export function Form({ action, method = 'post', files = false, hidden = {}, label, children }: FormProps) {
  return (
    <form
      class="form"
      action={action}
      method={method}
      encType={files ? 'multipart/form-data' : undefined}
      noValidate
      aria-label={label}
    >
      {/* The Enter key presses the first submit button of a form: this one saves; otherwise it would remove a row. */}
      <button type="submit" class="visually-hidden" tabIndex={-1} aria-hidden="true" />
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {children}
    </form>
  )
}

export interface FormSectionProps {
  readonly title: string
  readonly id?: string | undefined
  readonly hint?: string | undefined
  readonly children: ComponentChildren
}

/** A part of a long form; may end with its own save button. */
export function FormSection({ title, id, hint, children }: FormSectionProps) {
  return (
    <section class="form-section" id={id}>
      <h2>{title}</h2>
      {hint !== undefined && <p class="hint">{hint}</p>}
      {children}
    </section>
  )
}
