/** From which day, until which day, and why: of a role that is given or lent. */
import { DateField, TextArea } from '../../components/index.ts'
import type { PageRequest } from '../../site.tsx'
import type { FormValues } from '../initiatives/form/form-values.ts'
import { errorOf, type Typed } from './submit.ts'

interface TermFieldsProps {
  readonly request: PageRequest
  readonly values: FormValues
  readonly typed: Typed
  /** Names of the two dates in the form. */
  readonly names: readonly [first: string, last: string]
  readonly lastHint: string
  readonly lastOptional?: boolean
}

export function TermFields({ request: { t }, values, typed, names: [first, last], lastHint, lastOptional }: TermFieldsProps) {
  return (
    <>
      <DateField
        name={first}
        label={t('accounts.field.first-day')}
        hint={t('accounts.hint.first-day')}
        value={values.date(first)}
        error={errorOf(typed, first)}
        optional
      />
      <DateField
        name={last}
        label={t('accounts.field.last-day')}
        hint={lastHint}
        value={values.date(last)}
        error={errorOf(typed, last)}
        optional={lastOptional}
      />
      <TextArea
        name="reason"
        label={t('accounts.field.reason')}
        hint={t('accounts.hint.reason')}
        value={values.get('reason') ?? ''}
        error={errorOf(typed, 'reason')}
        rows={2}
        maxLength={2000}
      />
    </>
  )
}
