/** Every setting of an installation as data: variable, default, meaning. Documentation and reading are made from it. */

export interface SettingDefinition {
  /** Environment variable. */
  readonly name: string
  readonly type: 'text' | 'whole number' | 'yes or no' | 'one of'
  readonly accepted?: readonly string[]
  readonly unit?: string
  /** Also read from the file that `NAME_FILE` names, and never printed. */
  readonly secret?: boolean
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
    secret: true,
    default: undefined,
    meaning: 'Address of a PostgreSQL server (15 or newer); without it the embedded engine is used.',
  },
  databaseAdminUrl: {
    name: 'DATABASE_ADMIN_URL',
    type: 'text',
    secret: true,
    default: undefined,
    meaning:
      'The same database under a role that may change tables, for migrations and backups, when DATABASE_URL names one that may not.',
  },
  host: {
    name: 'SURSUR_HOST',
    type: 'text',
    default: '127.0.0.1',
    meaning:
      'Address to listen on. Anything but loopback needs an account or SURSUR_START_TOKEN, and TLS, SURSUR_TRUSTED_PROXY or SURSUR_ALLOW_PLAIN_HTTP.',
  },
  port: { name: 'SURSUR_PORT', type: 'whole number', default: '8080', meaning: 'Port to listen on.' },
  publicHost: {
    name: 'SURSUR_PUBLIC_HOST',
    type: 'text',
    default: undefined,
    meaning: 'Host name (and port) under which browsers reach this installation, accepted besides localhost.',
  },
  publicUrl: {
    name: 'SURSUR_PUBLIC_URL',
    type: 'text',
    default: undefined,
    meaning: 'The same as a whole address (https://desk.example.org), for links in mails; it sets SURSUR_PUBLIC_HOST too.',
  },
  tlsCertificate: {
    name: 'SURSUR_TLS_CERT',
    type: 'text',
    default: undefined,
    meaning: 'Path of the certificate (PEM, with its chain); with SURSUR_TLS_KEY the program itself speaks HTTPS.',
  },
  tlsKey: {
    name: 'SURSUR_TLS_KEY',
    type: 'text',
    default: undefined,
    meaning: 'Path of the private key (PEM) of the certificate.',
  },
  trustedProxy: {
    name: 'SURSUR_TRUSTED_PROXY',
    type: 'text',
    default: undefined,
    meaning:
      'Addresses or networks of proxies in front, separated by commas, or how many there are; X-Forwarded-For, -Proto and -Host are believed from these alone.',
  },
  allowPlainHttp: {
    name: 'SURSUR_ALLOW_PLAIN_HTTP',
    type: 'yes or no',
    default: 'no',
    meaning: 'Listens beyond this machine without TLS and without a proxy; passwords then travel readable.',
  },
  corsOrigins: {
    name: 'SURSUR_CORS_ORIGINS',
    type: 'text',
    default: undefined,
    meaning: 'Sites whose pages may call the API with a key, separated by commas (https://maps.example.org); never with cookies.',
  },
  startToken: {
    name: 'SURSUR_START_TOKEN',
    type: 'text',
    secret: true,
    default: undefined,
    meaning: 'Secret of at least 24 characters that a browser must present once while there is no account.',
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
    meaning: 'Largest file that is accepted for import: from a form, an address or standard input.',
  },
  nightlyBackups: {
    name: 'SURSUR_NIGHTLY_BACKUPS',
    type: 'whole number',
    default: '7',
    meaning: 'How many nightly backups to keep; 0 switches them off.',
  },
  smtpUrl: {
    name: 'SURSUR_SMTP_URL',
    type: 'text',
    secret: true,
    default: undefined,
    meaning: 'Mail server (smtps://user:password@mail.example.org:465, or smtp://); without it mails wait in a readable outbox.',
  },
  mailFrom: { name: 'SURSUR_MAIL_FROM', type: 'text', default: undefined, meaning: 'Address from which mails are sent.' },
  oidcIssuer: {
    name: 'SURSUR_OIDC_ISSUER',
    type: 'text',
    default: undefined,
    meaning: 'Address of the OpenID Connect provider with which people may sign in.',
  },
  oidcClientId: {
    name: 'SURSUR_OIDC_CLIENT_ID',
    type: 'text',
    default: undefined,
    meaning: 'Name under which the provider knows this installation.',
  },
  oidcClientSecret: {
    name: 'SURSUR_OIDC_CLIENT_SECRET',
    type: 'text',
    secret: true,
    default: undefined,
    meaning: 'Secret that the provider gave to this installation.',
  },
  oidcName: {
    name: 'SURSUR_OIDC_NAME',
    type: 'text',
    default: undefined,
    meaning: 'Name of the provider on the button; by default its host.',
  },
  oidcAllowHttp: {
    name: 'SURSUR_OIDC_ALLOW_HTTP',
    type: 'yes or no',
    default: 'no',
    meaning: 'Accepts a provider without TLS; for a trial on one machine.',
  },
  sessionIdleMinutes: {
    name: 'SURSUR_SESSION_IDLE_MINUTES',
    type: 'whole number',
    unit: 'minutes',
    default: '60',
    meaning: 'A session ends after so long without a request.',
  },
  sessionHours: {
    name: 'SURSUR_SESSION_HOURS',
    type: 'whole number',
    unit: 'hours',
    default: '12',
    meaning: 'A session ends after so long in any case.',
  },
  instanceKey: {
    name: 'SURSUR_INSTANCE_KEY',
    type: 'text',
    secret: true,
    default: undefined,
    meaning:
      'Key of 32 bytes (base64url) that seals second factors; without it one is made in the file instance-key of the data folder. Keep a copy apart.',
  },
  releaseKey: {
    name: 'SURSUR_RELEASE_KEY',
    type: 'text',
    secret: true,
    default: undefined,
    meaning:
      'Key of 32 bytes (base64url) that signs what leaves this installation; without it one is made in the file release-key of the data folder. Keep a copy apart.',
  },
  outboundAllow: {
    name: 'SURSUR_OUTBOUND_ALLOW',
    type: 'text',
    default: undefined,
    meaning:
      'Hosts in private networks that may be reached for mail, sign-in and files from addresses, separated by commas; all others there are refused.',
  },
} as const satisfies Record<string, SettingDefinition>

export type SettingKey = keyof typeof SETTINGS

export function listSettings(): readonly SettingDefinition[] {
  return Object.values(SETTINGS)
}
