/**
 * Reads the settings of an installation; settings-list.ts has each with its meaning. The only file that reads the environment.
 * A bad value stops the start and says how to repair it; a secret may lie in a file and is never printed.
 */
import { existsSync, readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { join, resolve } from 'node:path'
import { defineProblems, Problem } from '../kernel/problems.ts'
import { SETTINGS, type SettingDefinition, type SettingKey } from './settings-list.ts'

export { listSettings } from './settings-list.ts'

defineProblems('app', {
  'setting-not-accepted': { kind: 'invalid', params: ['setting', 'found', 'accepted'] },
  'setting-missing': { kind: 'invalid', params: ['setting', 'because'] },
  'setting-twice': { kind: 'invalid', params: ['setting', 'other'] },
  'setting-file-not-readable': { kind: 'invalid', params: ['setting', 'file', 'reason'] },
})

export interface Settings {
  readonly dataFolder: string
  readonly databaseUrl: string | undefined
  /** The role that migrates and backs up, when `databaseUrl` names an unprivileged one. */
  readonly databaseAdminUrl: string | undefined
  readonly host: string
  readonly port: number
  readonly publicHost: string | undefined
  /** Scheme and host, without a slash at the end. */
  readonly publicUrl: string | undefined
  readonly tls: { readonly certificateFile: string; readonly keyFile: string } | undefined
  /** Addresses and networks, or the number of proxies that every request passes. */
  readonly trustedProxy: readonly string[] | number | undefined
  readonly allowPlainHttp: boolean
  readonly corsOrigins: readonly string[]
  readonly startToken: string | undefined
  readonly instanceName: string
  readonly instanceOwner: string | undefined
  readonly instanceLogo: string | undefined
  readonly arabicDigits: 'latn' | 'arab'
  readonly emptyStart: boolean
  readonly uploadLimitBytes: number
  readonly nightlyBackups: number
  readonly mail: { readonly smtpUrl: string; readonly from: string } | undefined
  readonly openIdConnect: OpenIdConnectSettings | undefined
  readonly sessionIdleMinutes: number
  readonly sessionHours: number
  /** As it was given; app/instance-key.ts reads it. */
  readonly instanceKey: string | undefined
  readonly releaseKey: string | undefined
  /** Host names and addresses in private networks that may be reached. */
  readonly outboundAllow: readonly string[]
}

export interface OpenIdConnectSettings {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  readonly name: string
  readonly allowHttp: boolean
}

type ReadText = (key: SettingKey) => string | undefined

/** `overrides` are what the command line says; it wins over the environment. */
export function readSettings(
  overrides: Readonly<Partial<Record<SettingKey, string>>> = {},
  environment: NodeJS.ProcessEnv = process.env,
): Settings {
  const text: ReadText = (key) => {
    const value = overrides[key] ?? givenValue(key, environment)
    return value === undefined || value === '' ? SETTINGS[key].default : value
  }
  const publicUrl = originOf('publicUrl', text('publicUrl'))
  const settings: Settings = {
    dataFolder: resolve(text('dataFolder') ?? './sursur-data'),
    databaseUrl: text('databaseUrl'),
    databaseAdminUrl: text('databaseAdminUrl'),
    host: text('host') ?? '127.0.0.1',
    port: wholeNumber('port', text('port'), 0, 65_535),
    publicHost: text('publicHost') ?? (publicUrl === undefined ? undefined : new URL(publicUrl).host),
    publicUrl,
    tls: tlsOf(text),
    trustedProxy: proxiesOf(text('trustedProxy')),
    allowPlainHttp: yesOrNo('allowPlainHttp', text('allowPlainHttp')),
    corsOrigins: listOf(text('corsOrigins')).map((origin) => originOf('corsOrigins', origin) ?? ''),
    startToken: text('startToken'),
    instanceName: text('instanceName') ?? 'Sursur',
    instanceOwner: text('instanceOwner'),
    instanceLogo: text('instanceLogo'),
    arabicDigits: oneOf('arabicDigits', text('arabicDigits'), ['latn', 'arab'] as const),
    emptyStart: yesOrNo('emptyStart', text('emptyStart')),
    uploadLimitBytes: wholeNumber('uploadLimitMegabytes', text('uploadLimitMegabytes'), 1, 100_000) * 1_000_000,
    nightlyBackups: wholeNumber('nightlyBackups', text('nightlyBackups'), 0, 366),
    mail: mailOf(text),
    openIdConnect: openIdConnectOf(text),
    sessionIdleMinutes: wholeNumber('sessionIdleMinutes', text('sessionIdleMinutes'), 1, 1_440),
    sessionHours: wholeNumber('sessionHours', text('sessionHours'), 1, 720),
    instanceKey: text('instanceKey'),
    releaseKey: text('releaseKey'),
    outboundAllow: listOf(text('outboundAllow')),
  }
  requireTogether(settings)
  const locales = text('localesFolder')
  if (locales !== undefined && !holdsEnglish(locales)) throw notAccepted('localesFolder', locales, '…/en/*.json')
  return settings
}

/** What one setting alone cannot show. */
function requireTogether({ startToken, publicUrl, publicHost, databaseAdminUrl, databaseUrl }: Settings): void {
  if (startToken !== undefined && startToken.length < 24) throw notAccepted('startToken', `${startToken.length}`, '≥ 24')
  if (publicUrl !== undefined && new URL(publicUrl).host !== publicHost)
    throw notAccepted('publicUrl', publicUrl, `https://${publicHost}`)
  if (databaseAdminUrl !== undefined && databaseUrl === undefined) throw missing('databaseUrl', 'databaseAdminUrl')
}

/** The variable itself, or for a secret what the file named by `NAME_FILE` holds, without the line break at its end. */
function givenValue(key: SettingKey, environment: NodeJS.ProcessEnv): string | undefined {
  const { name, secret }: SettingDefinition = SETTINGS[key]
  const given = environment[name]
  const file = secret ? environment[`${name}_FILE`] : undefined
  if (file === undefined || file === '') return given
  if (given !== undefined && given !== '') throw new Problem('app.setting-twice', { setting: name, other: `${name}_FILE` })
  return readSmallFile(`${name}_FILE`, file).replace(/\r?\n$/, '')
}

function readSmallFile(setting: string, file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code ?? ''
    throw new Problem('app.setting-file-not-readable', { setting, file, reason }, { cause })
  }
}

function tlsOf(text: ReadText): Settings['tls'] {
  const [certificateFile, keyFile] = [text('tlsCertificate'), text('tlsKey')]
  if (certificateFile === undefined && keyFile === undefined) return undefined
  if (certificateFile === undefined) throw missing('tlsCertificate', 'tlsKey')
  if (keyFile === undefined) throw missing('tlsKey', 'tlsCertificate')
  // Read here once, so that a wrong path stops the start and not the first visitor.
  readSmallFile(SETTINGS.tlsCertificate.name, certificateFile)
  readSmallFile(SETTINGS.tlsKey.name, keyFile)
  return { certificateFile, keyFile }
}

/** `127.0.0.1, 10.0.0.0/8`, or `1` for one proxy whatever its address. */
function proxiesOf(value: string | undefined): Settings['trustedProxy'] {
  if (value === undefined) return undefined
  if (/^[1-9]$/.test(value)) return Number(value)
  const proxies = listOf(value)
  const wrong = proxies.find((proxy) => !isNetwork(proxy))
  if (wrong !== undefined || proxies.length === 0) throw notAccepted('trustedProxy', wrong ?? value, '127.0.0.1, 10.0.0.0/8; 1–9')
  return proxies
}

function isNetwork(text: string): boolean {
  const [address = '', bits] = text.split('/')
  const version = isIP(address)
  return (
    version !== 0 &&
    (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) >= 1 && Number(bits) <= (version === 4 ? 32 : 128)))
  )
}

function mailOf(text: ReadText): Settings['mail'] {
  const [smtpUrl, from] = [text('smtpUrl'), text('mailFrom')]
  if (smtpUrl === undefined) return undefined
  // The value holds a password: only what would be accepted is said.
  if (!['smtp:', 'smtps:'].includes(urlOf(smtpUrl)?.protocol ?? '')) throw notAccepted('smtpUrl', '…', 'smtps://…, smtp://…')
  if (from === undefined) throw missing('mailFrom', 'smtpUrl')
  if (!/^[^\s@<>,;"]+@[^\s@<>,;"]+$/.test(from)) throw notAccepted('mailFrom', from, 'desk@example.org')
  return { smtpUrl, from }
}

function openIdConnectOf(text: ReadText): OpenIdConnectSettings | undefined {
  const issuer = text('oidcIssuer')
  if (issuer === undefined) return undefined
  const [clientId, clientSecret] = [text('oidcClientId'), text('oidcClientSecret')]
  const allowHttp = yesOrNo('oidcAllowHttp', text('oidcAllowHttp'))
  const url = urlOf(issuer)
  if (url === undefined || !(allowHttp ? ['https:', 'http:'] : ['https:']).includes(url.protocol) || url.search || url.hash)
    throw notAccepted('oidcIssuer', issuer, 'https://…')
  if (clientId === undefined) throw missing('oidcClientId', 'oidcIssuer')
  if (clientSecret === undefined) throw missing('oidcClientSecret', 'oidcIssuer')
  return { issuer, clientId, clientSecret, name: text('oidcName') ?? url.hostname, allowHttp }
}

/** The folder of SURSUR_LOCALES, for the moment before the settings are read. One that is not accepted is named when they are. */
export function localesFolderOf(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const folder = environment[SETTINGS.localesFolder.name]
  return folder !== undefined && folder !== '' && holdsEnglish(folder) ? resolve(folder) : undefined
}

function holdsEnglish(folder: string): boolean {
  return existsSync(join(folder, 'en', 'site.json'))
}

function listOf(value: string | undefined): string[] {
  return (value ?? '').split(/[\s,]+/).filter((part) => part !== '')
}

function originOf(key: SettingKey, value: string | undefined): string | undefined {
  if (value === undefined) return undefined
  const url = urlOf(value)
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.origin !== value.replace(/\/$/, ''))
    throw notAccepted(key, value, 'https://desk.example.org')
  return url.origin
}

function urlOf(value: string): URL | undefined {
  return URL.canParse(value) ? new URL(value) : undefined
}

function wholeNumber(key: SettingKey, value: string | undefined, low: number, high: number): number {
  const number = Number(value)
  if (value === undefined || !/^\d+$/.test(value) || number < low || number > high)
    throw notAccepted(key, value ?? '', `${low}–${high}`)
  return number
}

function oneOf<T extends string>(key: SettingKey, value: string | undefined, accepted: readonly T[]): T {
  const found = accepted.find((candidate) => candidate === value)
  if (found === undefined) throw notAccepted(key, value ?? '', accepted.join(', '))
  return found
}

function yesOrNo(key: SettingKey, value: string | undefined): boolean {
  return oneOf(key, value, ['no', 'yes'] as const) === 'yes'
}

function missing(key: SettingKey, because: SettingKey): Problem {
  return new Problem('app.setting-missing', { setting: SETTINGS[key].name, because: SETTINGS[because].name })
}

function notAccepted(key: SettingKey, found: string, accepted: string): Problem {
  return new Problem('app.setting-not-accepted', { setting: SETTINGS[key].name, found, accepted })
}
