/** A form around a table: as wide as the page, where forms of single fields keep to the measure of a line. */
import type { ComponentChildren } from 'preact'

interface WideFormProps {
  readonly action: string
  readonly label: string
  readonly children: ComponentChildren
}

export function WideForm({ action, label, children }: WideFormProps) {
  return (
    <form action={action} method="post" noValidate aria-label={label}>
      {/* The Enter key presses the first submit button of a form: this one checks; otherwise it would do whatever comes first. */}
      <button type="submit" class="visually-hidden" tabIndex={-1} aria-hidden="true" />
      {children}
    </form>
  )
}
