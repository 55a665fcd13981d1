import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { request } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Problem } from '../kernel/problems.ts'
import { createHttpServer } from './http-server.ts'
import { readTls, requireSafeListening } from './listening.ts'

const TOKEN = 'a-secret-of-more-than-24-characters'
const NOTHING = {
  host: '0.0.0.0',
  publicUrl: undefined,
  startToken: undefined,
  tls: undefined,
  trustedProxy: undefined,
  allowPlainHttp: false,
}
const BEHIND = { host: '127.0.0.1', publicUrl: 'https://desk.example.org' }
const TLS = { tls: { certificateFile: 'c', keyFile: 'k' } }

test.each([
  { name: 'this machine, without anything', given: { host: '127.0.0.1' }, accountsExist: false, answer: 'listens' },
  { name: 'this machine by its new address', given: { host: '::1' }, accountsExist: false, answer: 'listens' },
  { name: 'a public address without anybody known', given: BEHIND, accountsExist: false, answer: 'app.public-without-account' },
  { name: 'a public address and a token', given: { ...BEHIND, startToken: TOKEN }, accountsExist: false, answer: 'listens' },
  { name: 'a public address and accounts', given: BEHIND, accountsExist: true, answer: 'listens' },
  {
    name: 'an address of this machine as the public one',
    given: { host: '127.0.0.1', publicUrl: 'http://localhost:8080' },
    accountsExist: false,
    answer: 'listens',
  },
  { name: 'everywhere, without anything', given: {}, accountsExist: false, answer: 'app.token-required' },
  { name: 'TLS without anybody known', given: TLS, accountsExist: false, answer: 'app.token-required' },
  { name: 'a proxy without anybody known', given: { trustedProxy: 1 }, accountsExist: false, answer: 'app.token-required' },
  { name: 'accounts without TLS', given: {}, accountsExist: true, answer: 'app.tls-required' },
  { name: 'a token without TLS', given: { startToken: TOKEN }, accountsExist: false, answer: 'app.tls-required' },
  {
    name: 'a container on its own network',
    given: { startToken: TOKEN, allowPlainHttp: true },
    accountsExist: false,
    answer: 'listens',
  },
  { name: 'accounts and TLS', given: TLS, accountsExist: true, answer: 'listens' },
  { name: 'accounts and a proxy', given: { trustedProxy: ['10.0.0.1'] }, accountsExist: true, answer: 'listens' },
  { name: 'accounts, and told to', given: { allowPlainHttp: true }, accountsExist: true, answer: 'listens' },
])('$name: $answer', ({ given, accountsExist, answer }) => {
  const attempt = () => {
    try {
      requireSafeListening({ ...NOTHING, ...given }, { accountsExist })
      return 'listens'
    } catch (error) {
      return error instanceof Problem ? error.code : error
    }
  }
  expect(attempt()).toBe(answer)
})

test('a certificate that is not there is said before anybody is served', () => {
  expect(() => readTls({ certificateFile: '/nowhere', keyFile: '/nowhere' })).toThrow(
    expect.objectContaining({ code: 'app.tls-not-readable' }),
  )
})

test.skipIf(spawnSync('openssl', ['version']).status !== 0)('with certificate and key the server speaks HTTPS', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sursur-tls-'))
  const files = { certificateFile: join(folder, 'cert.pem'), keyFile: join(folder, 'key.pem') }
  try {
    const made = '-x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=desk.example.org'
    spawnSync('openssl', ['req', ...made.split(' '), '-keyout', files.keyFile, '-out', files.certificateFile])
    const server = await createHttpServer({
      host: '127.0.0.1',
      publicHost: 'desk.example.org',
      startToken: undefined,
      uploadFolder: folder,
      uploadLimitBytes: 1_000,
      tls: readTls(files),
      routes: [{ method: 'GET', path: '/', handle: async ({ origin }) => ({ status: 200, headers: {}, body: origin ?? '' }) }],
      answerError: (error) => ({ status: 500, headers: {}, body: String(error) }),
    })
    await server.listen({ host: '127.0.0.1', port: 0 })
    const { port } = server.server.address() as AddressInfo
    const ca = readFileSync(files.certificateFile)
    const answered = await new Promise<IncomingMessage>((resolve, reject) => {
      const headers = { host: 'desk.example.org' }
      request({ host: '127.0.0.1', servername: 'desk.example.org', port, ca, headers, agent: false }, resolve)
        .on('error', reject)
        .end()
    })
    expect(answered.headers['strict-transport-security']).toContain('max-age=31536000')
    expect(String((await answered.toArray())[0])).toBe('https://desk.example.org')
    await server.close()
    expect(() => readTls({ certificateFile: files.certificateFile, keyFile: files.certificateFile })).toThrow(Problem)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
