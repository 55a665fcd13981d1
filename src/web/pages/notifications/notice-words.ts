/** A notification as a sentence, and where it leads. No markup. */
import { areaName } from '../../../codes/index.ts'
import type { Notice } from '../../../modules/access/index.ts'
import type { PageRequest } from '../../site.tsx'

/** `scopes` names organisations by id. */
export function noticeText({ t }: Pick<PageRequest, 't'>, { kind, params }: Notice, scopes: ReadonlyMap<string, string>): string {
  const { country, objection, role, scope, scopeId, day, key } = params
  return t(`notifications.text.${kind}`, {
    country: country === undefined ? '' : areaName(country, t.lang),
    objection: objection === undefined ? '' : t(`objections.kind.${objection}`),
    role: role === undefined ? '' : t(`permissions.role.${role}`),
    scope: scopeWords(t, scope, scopeId, scopes),
    day: day === undefined ? '' : t.date(day),
    key: `\u2068${key ?? ''}\u2069`,
  })
}

function scopeWords(
  t: PageRequest['t'],
  scope: string | undefined,
  scopeId: string | undefined,
  scopes: ReadonlyMap<string, string>,
): string {
  if (scopeId === undefined) return t('notifications.scope.instance')
  return scope === 'country' ? areaName(scopeId, t.lang) : `\u2068${scopes.get(scopeId) ?? scopeId}\u2069`
}

const PAGES: Readonly<Record<string, string>> = {
  initiatives: '/initiatives/',
  import_runs: '/imports/',
  persons: '/people/',
}

/** Undefined: there is nothing to open. */
export function noticeAddress({ at }: Pick<PageRequest, 'at'>, { kind, ref }: Notice): string | undefined {
  if (ref === null) return undefined
  if (ref.aggregate === 'grants') return at('/account')
  if (ref.aggregate === 'api_keys') return at('/account/keys')
  if (ref.aggregate === 'import_schedules') return at(`/imports/addresses/${ref.id}`)
  const page = PAGES[ref.aggregate]
  return page === undefined ? undefined : `${at(`${page}${ref.id}`)}${kind.startsWith('objection') ? '#objections' : ''}`
}
