/**
 * A role and where it holds, as fields of a form: a country from the code list, an organisation by its name. A name that may mean
 * several comes back with those to choose from.
 */
import { areaName, listAreas } from '../../../codes/index.ts'
import type { GrantInput } from '../../../jobs/accounts/account-desk.ts'
import { textFor } from '../../../kernel/localized-text.ts'
import { GIVEN_ROLES, type GivenRole } from '../../../modules/access/index.ts'
import { type NamedOrg, resolveOrgNames } from '../../../modules/directory/index.ts'
import { type FormError, RadioGroup, SelectField, TextField } from '../../components/index.ts'
import type { PageRequest } from '../../site.tsx'
import { errorOf, type Typed } from '../account/submit.ts'
import { roleName } from '../account/words.ts'
import type { FormValues } from '../initiatives/form/form-values.ts'

/** Roles of bodies and campaigns come with those: none exist yet. */
const ROLES = GIVEN_ROLES.filter((role) => role !== 'reviewer')

export interface ReadRole {
  readonly grant?: GrantInput & { readonly role: GivenRole }
  readonly errors: readonly FormError[]
  /** Organisations that the typed name may mean. */
  readonly candidates: readonly NamedOrg[]
}

export async function readRole({ t, context, actor }: PageRequest, values: FormValues): Promise<ReadRole> {
  const role = ROLES.find((one) => one === values.get('role'))
  const nothing = { errors: [], candidates: [] }
  if (role === undefined) return nothing
  if (role === 'national_focal_point') {
    const scopeId = values.get('country')
    if (scopeId !== undefined) return { ...nothing, grant: { role, scope: 'country', scopeId } }
    return { ...nothing, errors: [{ field: 'country', message: t('accounts.wrong.country') }] }
  }
  const name = values.get('org')
  const mayBeEntity = role === 'entity_focal_point' || role === 'finance_officer'
  if (!mayBeEntity || (role === 'finance_officer' && name === undefined))
    return { ...nothing, grant: { role, scope: 'instance' } }
  if (name === undefined) return { ...nothing, errors: [{ field: 'org', message: t('accounts.wrong.org') }] }
  const chosen = name === values.get('org-was') ? values.get('org-id') : undefined
  if (chosen !== undefined) return { ...nothing, grant: { role, scope: 'entity', scopeId: chosen } }
  const [found] = await context.operations.run(resolveOrgNames, { names: [name] }, actor)
  if (found?.status === 'found') return { ...nothing, grant: { role, scope: 'entity', scopeId: found.org.id } }
  const candidates = found?.status === 'ambiguous' ? found.candidates : (found?.suggestions ?? [])
  const message = t(candidates.length > 0 ? 'accounts.wrong.org-choose' : 'accounts.wrong.org-unknown', { name })
  return { errors: [{ field: 'org', message }], candidates }
}

interface RoleFieldsProps {
  readonly request: PageRequest
  readonly values: FormValues
  readonly typed: Typed
  readonly candidates: readonly NamedOrg[]
  readonly optional?: boolean
}

export function RoleFields({ request: { t, at, may }, values, typed, candidates, optional }: RoleFieldsProps) {
  const areas = listAreas()
    .map(({ iso3 }) => ({ value: iso3, label: areaName(iso3, t.lang) }))
    .sort((a, b) => t.compare(a.label, b.label))
  return (
    <>
      <SelectField
        name="role"
        label={t('accounts.field.role')}
        hint={t('accounts.hint.role')}
        choices={ROLES.map((role) => ({ value: role, label: roleName(t, role) }))}
        value={values.get('role')}
        error={errorOf(typed, 'role')}
        optional={optional}
      />
      <SelectField
        name="country"
        label={t('accounts.field.country')}
        hint={t('accounts.hint.country')}
        choices={areas}
        value={values.get('country')}
        error={errorOf(typed, 'country')}
        optional
      />
      <TextField
        name="org"
        label={t('accounts.field.org')}
        hint={t('accounts.hint.org')}
        value={values.get('org') ?? ''}
        error={errorOf(typed, 'org')}
        maxLength={200}
        optional
      />
      {may('directory.org.register') && (
        <p>
          <a href={at('/organisations/new')}>{t('registry.orgs.new')}</a>
        </p>
      )}
      {candidates.length > 0 && (
        <>
          <input type="hidden" name="org-was" value={values.get('org') ?? ''} />
          <RadioGroup
            name="org-id"
            label={t('accounts.field.org-choose')}
            choices={candidates.map((org) => ({ value: org.id, label: candidateName(t, org) }))}
          />
        </>
      )}
    </>
  )
}

function candidateName(t: PageRequest['t'], { names, id, countryCode, iatiId }: NamedOrg): string {
  const parts = [textFor(names, t.lang)?.text ?? id, countryCode === null ? '' : areaName(countryCode, t.lang), iatiId ?? '']
  return parts.filter((part) => part !== '').join(' · ')
}
