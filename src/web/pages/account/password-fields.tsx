/** Fields for passwords and codes: a password manager may fill them, and what was typed is never sent back. */
import { PASSWORD_LENGTH } from '../../../credentials/index.ts'
import { TextField } from '../../components/index.ts'
import type { PageRequest } from '../../site.tsx'

interface FieldOf {
  readonly request: PageRequest
  readonly name?: string
  readonly error: string | undefined
}

export function NewPasswordField({ request: { t }, name = 'password', error }: FieldOf) {
  return (
    <TextField
      name={name}
      type="password"
      label={t('accounts.field.new-password')}
      hint={t('accounts.hint.new-password', { least: t.number(PASSWORD_LENGTH.least), most: t.number(PASSWORD_LENGTH.most) })}
      error={error}
      autocomplete="new-password"
      dir="ltr"
    />
  )
}

export function PasswordField({
  request: { t },
  name = 'password',
  error,
  label = t('accounts.field.password'),
}: FieldOf & { readonly label?: string }) {
  return <TextField name={name} type="password" label={label} error={error} autocomplete="current-password" dir="ltr" />
}

export function CodeField({ request: { t }, error, withRecovery = false }: FieldOf & { readonly withRecovery?: boolean }) {
  return (
    <TextField
      name="code"
      label={t(withRecovery ? 'accounts.field.code-or-recovery' : 'accounts.field.code')}
      hint={t(withRecovery ? 'accounts.hint.code-or-recovery' : 'accounts.hint.code')}
      error={error}
      autocomplete="one-time-code"
      inputMode={withRecovery ? 'text' : 'numeric'}
      width="medium"
      dir="ltr"
      maxLength={40}
    />
  )
}

/** The name by which a password manager knows the account, beside a field for a new password. */
export function AccountName({ request: { t }, email }: { readonly request: PageRequest; readonly email: string }) {
  return (
    <TextField
      name="username"
      type="email"
      label={t('accounts.field.email')}
      value={email}
      autocomplete="username"
      dir="ltr"
      readOnly
    />
  )
}
