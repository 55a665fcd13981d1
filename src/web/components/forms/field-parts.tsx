/** What every field shares: identifiers, label, hint, error, and the relations that tie them together. */
import type { ComponentChildren } from 'preact'
import { useTranslator } from '../translator-context.ts'

export interface FieldProps {
  /** The name under which the value is sent; several parts are joined by dots: `partners.0.country`. */
  readonly name: string
  readonly label: string
  readonly hint?: string | undefined
  /** Full sentence: what was found, what would be accepted. */
  readonly error?: string | undefined
  /** Adds "(optional)" to the label. Fields are required unless they say so. */
  readonly optional?: boolean | undefined
}

/** The id of a field's control, to which the error summary links. */
export function fieldId(name: string): string {
  return `field-${name.replace(/[^A-Za-z0-9_-]+/g, '-')}`
}

/** For `aria-describedby`: the hint first, then the error. */
export function describedBy({ name, hint, error }: Pick<FieldProps, 'name' | 'hint' | 'error'>): string | undefined {
  const ids = [hint === undefined ? '' : `${fieldId(name)}-hint`, error === undefined ? '' : `${fieldId(name)}-error`]
  return ids.filter((id) => id !== '').join(' ') || undefined
}

export function LabelText({ label, optional }: Pick<FieldProps, 'label' | 'optional'>) {
  const t = useTranslator()
  return <>{optional ? t('components.form.optional', { label }) : label}</>
}

export function HintAndError({ name, hint, error }: Pick<FieldProps, 'name' | 'hint' | 'error'>) {
  const t = useTranslator()
  return (
    <>
      {hint !== undefined && (
        <p class="hint" id={`${fieldId(name)}-hint`}>
          {hint}
        </p>
      )}
      {error !== undefined && (
        <p class="field-error" id={`${fieldId(name)}-error`}>
          <span class="visually-hidden">{t('components.label', { label: t('components.form.error') })} </span>
          {error}
        </p>
      )}
    </>
  )
}

/** A single control with its label above it. */
export function Field({ children, ...field }: FieldProps & { readonly children: ComponentChildren }) {
  return (
    <div class={field.error === undefined ? 'field' : 'field field-wrong'}>
      <label for={fieldId(field.name)}>
        <LabelText label={field.label} optional={field.optional} />
      </label>
      <HintAndError name={field.name} hint={field.hint} error={field.error} />
      {children}
    </div>
  )
}

/** Several controls under one question. */
export function FieldGroup({ children, ...field }: FieldProps & { readonly children: ComponentChildren }) {
  return (
    <fieldset
      class={field.error === undefined ? 'field' : 'field field-wrong'}
      id={`${fieldId(field.name)}-group`}
      aria-describedby={describedBy(field)}
    >
      <legend>
        <LabelText label={field.label} optional={field.optional} />
      </legend>
      <HintAndError name={field.name} hint={field.hint} error={field.error} />
      {children}
    </fieldset>
  )
}
