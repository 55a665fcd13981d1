/** Roles, scopes, languages and browsers in words. No markup. */
import { areaName } from '../../../codes/index.ts'
import { ownNameOf } from '../../../i18n/languages.ts'
import type { Translator } from '../../../i18n/translator.ts'
import { OFFICIAL_LANGUAGES } from '../../../kernel/languages.ts'
import { textFor } from '../../../kernel/localized-text.ts'
import { PERMISSIONS } from '../../../modules/access/index.ts'
import { getOrgQuery } from '../../../modules/directory/index.ts'
import type { Choice } from '../../components/index.ts'
import type { PageRequest } from '../../site.tsx'

interface Held {
  readonly role: string
  readonly scope: string
  readonly scopeId: string | null
}

export function roleName(t: Translator, role: string): string {
  return t(`permissions.role.${role}`)
}

/** The code stands beside the words: several permissions may be the same right on the same kind of record. */
export function permissionChoices(t: Translator, permissions: readonly string[]): Choice[] {
  return permissions.map((permission) => {
    const meaning = PERMISSIONS[permission]
    if (!meaning) return { value: permission, label: permission }
    const words = { object: t(`permissions.object.${meaning.object}`), right: t(`permissions.right.${meaning.right}`) }
    return { value: permission, label: t('accounts.keys.permission', words), hint: permission }
  })
}

/** Names of the scopes, by their ids; an organisation that is gone or hidden keeps its id. */
export async function scopeNames(request: PageRequest, grants: readonly Held[]): Promise<(held: Held) => string> {
  const names = new Map<string, string>()
  for (const { scope, scopeId } of grants) {
    if (scope === 'entity' && scopeId !== null && !names.has(scopeId)) names.set(scopeId, await orgName(request, scopeId))
  }
  return ({ scope, scopeId }) => {
    if (scope === 'instance' || scopeId === null) return request.t('permissions.scope.instance')
    return scope === 'country' ? areaName(scopeId, request.t.lang) : (names.get(scopeId) ?? scopeId)
  }
}

async function orgName({ t, context, actor }: PageRequest, id: string): Promise<string> {
  const org = await context.operations.run(getOrgQuery, { org: id }, actor)
  return textFor(org.names, t.lang)?.text ?? id
}

/** Each by its own name: whoever looks for the own language finds it. */
export function languageChoices(): Choice[] {
  return OFFICIAL_LANGUAGES.map((lang) => ({ value: lang, label: ownNameOf(lang) }))
}

const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdgA?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/Chrome\/|\bCriOS\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
]

const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\bAndroid\b/, 'Android'],
  [/\biPhone\b|\biPad\b/, 'iOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b|\bMacintosh\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
]

/** What a browser says of itself, in two words; they may say anything, so nothing hangs on it. */
export function browserName(t: Translator, agent: string | null): string {
  const find = (list: typeof BROWSERS) => list.find(([pattern]) => pattern.test(agent ?? ''))?.[1]
  const [browser, system] = [find(BROWSERS), find(SYSTEMS)]
  if (browser !== undefined && system !== undefined) return t('accounts.sessions.browser-on', { browser, system })
  return browser ?? system ?? t('accounts.sessions.unknown')
}

/** A day typed in a form as the instant at its end, in UTC; undefined when nothing was typed. What is no day goes in as typed. */
export function endOfDay(day: string | undefined): string | undefined {
  return day === undefined ? undefined : `${day}T23:59:59Z`
}

export function startOfDay(day: string | undefined): string | undefined {
  return day === undefined ? undefined : `${day}T00:00:00Z`
}
