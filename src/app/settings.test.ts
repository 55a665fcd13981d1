import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { Problem } from '../kernel/problems.ts'
import { readSettings } from './settings.ts'

const folder = mkdtempSync(join(tmpdir(), 'sursur-settings-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function given(name: string, content: string): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  chmodSync(path, 0o600)
  return path
}

function refusal(environment: NodeJS.ProcessEnv): { code: string; params: object } {
  try {
    readSettings({}, environment)
  } catch (error) {
    if (error instanceof Problem) return { code: error.code, params: error.params }
    throw error
  }
  throw new Error('the settings were accepted')
}

const OIDC = { SURSUR_OIDC_ISSUER: 'https://id.example.org', SURSUR_OIDC_CLIENT_ID: 'desk', SURSUR_OIDC_CLIENT_SECRET: 's' }

describe('a value that is not accepted stops the start and says what would be', () => {
  test.each<{ name: string; given: NodeJS.ProcessEnv; setting: string }>([
    { name: 'a token that can be guessed', given: { SURSUR_START_TOKEN: 'short' }, setting: 'SURSUR_START_TOKEN' },
    { name: 'a proxy by name', given: { SURSUR_TRUSTED_PROXY: 'proxy.example.org' }, setting: 'SURSUR_TRUSTED_PROXY' },
    { name: 'every address as a proxy', given: { SURSUR_TRUSTED_PROXY: '0.0.0.0/0' }, setting: 'SURSUR_TRUSTED_PROXY' },
    { name: 'a site with a path', given: { SURSUR_CORS_ORIGINS: 'https://a.example/x' }, setting: 'SURSUR_CORS_ORIGINS' },
    { name: 'every site', given: { SURSUR_CORS_ORIGINS: '*' }, setting: 'SURSUR_CORS_ORIGINS' },
    { name: 'an address without its scheme', given: { SURSUR_PUBLIC_URL: 'desk.example.org' }, setting: 'SURSUR_PUBLIC_URL' },
    {
      name: 'two public hosts',
      given: { SURSUR_PUBLIC_URL: 'https://a.example', SURSUR_PUBLIC_HOST: 'b.example' },
      setting: 'SURSUR_PUBLIC_URL',
    },
    { name: 'a mail server by another scheme', given: { SURSUR_SMTP_URL: 'http://mail.example' }, setting: 'SURSUR_SMTP_URL' },
    {
      name: 'a sender that holds a header',
      given: { SURSUR_SMTP_URL: 'smtp://m', SURSUR_MAIL_FROM: 'a@b.example\nbcc: c@d.example' },
      setting: 'SURSUR_MAIL_FROM',
    },
    {
      name: 'a provider without TLS',
      given: { ...OIDC, SURSUR_OIDC_ISSUER: 'http://id.example' },
      setting: 'SURSUR_OIDC_ISSUER',
    },
    { name: 'a session without end', given: { SURSUR_SESSION_HOURS: '0' }, setting: 'SURSUR_SESSION_HOURS' },
    { name: 'neither yes nor no', given: { SURSUR_ALLOW_PLAIN_HTTP: 'true' }, setting: 'SURSUR_ALLOW_PLAIN_HTTP' },
  ])('$name', ({ given: environment, setting }) => {
    expect(refusal(environment)).toMatchObject({ code: 'app.setting-not-accepted', params: { setting } })
  })

  test.each<{ given: NodeJS.ProcessEnv; setting: string; because: string }>([
    { given: { SURSUR_TLS_CERT: 'x' }, setting: 'SURSUR_TLS_KEY', because: 'SURSUR_TLS_CERT' },
    { given: { SURSUR_SMTP_URL: 'smtp://m' }, setting: 'SURSUR_MAIL_FROM', because: 'SURSUR_SMTP_URL' },
    { given: { ...OIDC, SURSUR_OIDC_CLIENT_ID: '' }, setting: 'SURSUR_OIDC_CLIENT_ID', because: 'SURSUR_OIDC_ISSUER' },
    { given: { DATABASE_ADMIN_URL: 'postgresql://x' }, setting: 'DATABASE_URL', because: 'DATABASE_ADMIN_URL' },
  ])('$setting is missing', ({ given: environment, ...params }) => {
    expect(refusal(environment)).toEqual({ code: 'app.setting-missing', params })
  })

  test('the address of a mail server is not repeated, because it holds a password', () => {
    expect(JSON.stringify(refusal({ SURSUR_SMTP_URL: 'ftp://user:secret@mail.example' }))).not.toContain('secret')
  })
})

describe('secrets in files', () => {
  test('the file holds the value, without the line break that editors add', () => {
    const file = given('token', 'a-secret-of-more-than-24-characters\n')
    expect(readSettings({}, { SURSUR_START_TOKEN_FILE: file }).startToken).toBe('a-secret-of-more-than-24-characters')
    expect(readSettings({}, { DATABASE_URL_FILE: given('url', 'postgresql://x\r\n') }).databaseUrl).toBe('postgresql://x')
  })

  test('a file that is not there, and a secret that is given twice, are said', () => {
    expect(refusal({ DATABASE_URL_FILE: '/nowhere' })).toEqual({
      code: 'app.setting-file-not-readable',
      params: { setting: 'DATABASE_URL_FILE', file: '/nowhere', reason: 'ENOENT' },
    })
    expect(refusal({ DATABASE_URL_FILE: given('twice', 'x'), DATABASE_URL: 'y' }).code).toBe('app.setting-twice')
  })
})

test('what is accepted, with the defaults of everything else', () => {
  expect(readSettings({}, {})).toMatchObject({
    host: '127.0.0.1',
    tls: undefined,
    trustedProxy: undefined,
    allowPlainHttp: false,
    corsOrigins: [],
    mail: undefined,
    openIdConnect: undefined,
    sessionIdleMinutes: 60,
    sessionHours: 12,
    outboundAllow: [],
  })
  expect(
    readSettings(
      {},
      {
        ...OIDC,
        SURSUR_PUBLIC_URL: 'https://desk.example.org/',
        SURSUR_TRUSTED_PROXY: '127.0.0.1, 10.0.0.0/8 fd00::/8',
        SURSUR_CORS_ORIGINS: 'https://maps.example.org,https://b.example',
        SURSUR_SMTP_URL: 'smtps://u:p@mail.example.org',
        SURSUR_MAIL_FROM: 'desk@example.org',
        SURSUR_OUTBOUND_ALLOW: 'mail.internal, 10.1.2.3',
      },
    ),
  ).toMatchObject({
    publicUrl: 'https://desk.example.org',
    publicHost: 'desk.example.org',
    trustedProxy: ['127.0.0.1', '10.0.0.0/8', 'fd00::/8'],
    corsOrigins: ['https://maps.example.org', 'https://b.example'],
    mail: { smtpUrl: 'smtps://u:p@mail.example.org', from: 'desk@example.org' },
    openIdConnect: {
      issuer: 'https://id.example.org',
      clientId: 'desk',
      clientSecret: 's',
      name: 'id.example.org',
      allowHttp: false,
    },
    outboundAllow: ['mail.internal', '10.1.2.3'],
  })
  expect(readSettings({}, { SURSUR_TRUSTED_PROXY: '2' }).trustedProxy).toBe(2)
})
