/**
 * Every setting of an installation, once: name, meaning, default. The only file that reads the environment.
 * A bad value stops the start and says how to repair it.
 */
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { defineProblems, Problem } from '../kernel/problems.ts'

defineProblems('app', {
  'setting-not-accepted': { kind: 'invalid', params: ['setting', 'found', 'accepted'] },
  'token-required': { kind: 'refused', params: ['host'] },
})

export interface Settings {
  readonly dataFolder: string
  readonly databaseUrl: string | undefined
  readonly host: string
  readonly port: number
  readonly publicHost: string | undefined
  readonly startToken: string | undefined
  readonly instanceName: string
  readonly instanceOwner: string | undefined
  readonly instanceLogo: string | undefined
  readonly arabicDigits: 'latn' | 'arab'
  readonly emptyStart: boolean
  readonly uploadLimitBytes: number
  readonly nightlyBackups: number
}

interface SettingDefinition {
  /** Environment variable. */
  readonly name: string
  readonly type: 'text' | 'whole number' | 'yes or no' | 'one of'
  readonly accepted?: readonly string[]
  readonly unit?: string
  readonly default: string | undefined
  /** One sentence, English: it is documentation for administrators, made into docs/reference/settings.md. */
  readonly meaning: string
}

export const SETTINGS = {
  dataFolder: {
    name: 'SURSUR_DATA',
    type: 'text',
    default: './sursur-data',
    meaning: 'Folder of the embedded database, uploads and backups.',
  },
  databaseUrl: {
    name: 'DATABASE_URL',
    type: 'text',
    default: undefined,
    meaning: 'Address of a PostgreSQL server (15 or newer); without it the embedded engine is used.',
  },
  host: {
    name: 'SURSUR_HOST',
    type: 'text',
    default: '127.0.0.1',
    meaning: 'Address to listen on; anything but loopback needs SURSUR_START_TOKEN.',
  },
  port: { name: 'SURSUR_PORT', type: 'whole number', default: '8080', meaning: 'Port to listen on.' },
  publicHost: {
    name: 'SURSUR_PUBLIC_HOST',
    type: 'text',
    default: undefined,
    meaning: 'Host name (and port) under which browsers reach this installation, accepted besides localhost.',
  },
  startToken: {
    name: 'SURSUR_START_TOKEN',
    type: 'text',
    default: undefined,
    meaning: 'Secret of at least 24 characters that a browser must present once when listening beyond this machine.',
  },
  instanceName: {
    name: 'SURSUR_NAME',
    type: 'text',
    default: 'Sursur',
    meaning: 'Name of the installation, shown on every page.',
  },
  instanceOwner: {
    name: 'SURSUR_OWNER',
    type: 'text',
    default: undefined,
    meaning: 'Organisation that runs the installation, shown on every page.',
  },
  instanceLogo: { name: 'SURSUR_LOGO', type: 'text', default: undefined, meaning: 'Path of an SVG or PNG file with the logo.' },
  arabicDigits: {
    name: 'SURSUR_ARABIC_DIGITS',
    type: 'one of',
    accepted: ['latn', 'arab'],
    default: 'latn',
    meaning: 'Digit shapes on Arabic pages: Western (latn) or Arabic-Indic (arab).',
  },
  localesFolder: {
    name: 'SURSUR_LOCALES',
    type: 'text',
    default: undefined,
    meaning: 'Folder with one folder of texts per language, in place of those of the program; for trying a translation.',
  },
  emptyStart: {
    name: 'SURSUR_EMPTY',
    type: 'yes or no',
    default: 'no',
    meaning: 'Starts a new data folder without the sample data.',
  },
  uploadLimitMegabytes: {
    name: 'SURSUR_UPLOAD_LIMIT',
    type: 'whole number',
    unit: 'MB',
    default: '1000',
    meaning: 'Largest file that is accepted for import.',
  },
  nightlyBackups: {
    name: 'SURSUR_NIGHTLY_BACKUPS',
    type: 'whole number',
    default: '7',
    meaning: 'How many nightly backups to keep; 0 switches them off.',
  },
} as const satisfies Record<string, SettingDefinition>

export function listSettings(): readonly SettingDefinition[] {
  return Object.values(SETTINGS)
}

/** `overrides` are what the command line says; it wins over the environment. */
export function readSettings(
  overrides: Readonly<Partial<Record<keyof typeof SETTINGS, string>>> = {},
  environment: NodeJS.ProcessEnv = process.env,
): Settings {
  const text = (key: keyof typeof SETTINGS): string | undefined => {
    const value = overrides[key] ?? environment[SETTINGS[key].name]
    return value === undefined || value === '' ? SETTINGS[key].default : value
  }
  const settings: Settings = {
    dataFolder: resolve(text('dataFolder') ?? './sursur-data'),
    databaseUrl: text('databaseUrl'),
    host: text('host') ?? '127.0.0.1',
    port: wholeNumber('port', text('port'), 0, 65_535),
    publicHost: text('publicHost'),
    startToken: text('startToken'),
    instanceName: text('instanceName') ?? 'Sursur',
    instanceOwner: text('instanceOwner'),
    instanceLogo: text('instanceLogo'),
    arabicDigits: oneOf('arabicDigits', text('arabicDigits'), ['latn', 'arab'] as const),
    emptyStart: oneOf('emptyStart', text('emptyStart'), ['no', 'yes'] as const) === 'yes',
    uploadLimitBytes: wholeNumber('uploadLimitMegabytes', text('uploadLimitMegabytes'), 1, 100_000) * 1_000_000,
    nightlyBackups: wholeNumber('nightlyBackups', text('nightlyBackups'), 0, 366),
  }
  if (settings.startToken !== undefined && settings.startToken.length < 24) {
    throw notAccepted('startToken', `${settings.startToken.length}`, '≥ 24')
  }
  const locales = text('localesFolder')
  if (locales !== undefined && !holdsEnglish(locales)) throw notAccepted('localesFolder', locales, '…/en/*.json')
  // Before accounts exist, whoever reaches the port is the administrator (ruling 18): beyond this machine a secret is needed.
  if (!isLoopback(settings.host) && settings.startToken === undefined)
    throw new Problem('app.token-required', { host: settings.host })
  return settings
}

/** The folder of SURSUR_LOCALES, for the moment before the settings are read. One that is not accepted is named when they are. */
export function localesFolderOf(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const folder = environment[SETTINGS.localesFolder.name]
  return folder !== undefined && folder !== '' && holdsEnglish(folder) ? resolve(folder) : undefined
}

function holdsEnglish(folder: string): boolean {
  return existsSync(join(folder, 'en', 'site.json'))
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host)
}

function wholeNumber(key: keyof typeof SETTINGS, value: string | undefined, low: number, high: number): number {
  const number = Number(value)
  if (value === undefined || !/^\d+$/.test(value) || number < low || number > high)
    throw notAccepted(key, value ?? '', `${low}–${high}`)
  return number
}

function oneOf<T extends string>(key: keyof typeof SETTINGS, value: string | undefined, accepted: readonly T[]): T {
  const found = accepted.find((candidate) => candidate === value)
  if (found === undefined) throw notAccepted(key, value ?? '', accepted.join(', '))
  return found
}

function notAccepted(key: keyof typeof SETTINGS, found: string, accepted: string): Problem {
  return new Problem('app.setting-not-accepted', { setting: SETTINGS[key].name, found, accepted })
}
