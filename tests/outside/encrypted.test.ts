import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createGuardedFetch, createMailer } from '../../src/outside/index.ts'
import { LOOPBACK_CERTIFICATE, LOOPBACK_KEY, trustLoopbackCertificate } from './loopback-certificate.ts'
import { startMailHouse } from './mail-house.ts'

const identity = { key: LOOPBACK_KEY, cert: LOOPBACK_CERTIFICATE }
const message = { to: 'ana.silva@mofa.example', subject: 'Hello', text: 'Hello\n', lang: 'en' }

describe('mail over TLS', () => {
  test.each([
    { name: 'smtps, encrypted from the first letter', scheme: 'smtps', options: { ...identity, secure: true } },
    { name: 'smtp, encrypted after STARTTLS', scheme: 'smtp', options: { ...identity, disabledCommands: [] } },
  ])('$name', async ({ scheme, options }) => {
    const house = await startMailHouse({
      ...options,
      authOptional: false,
      onAuth: (auth, _session, done) => done(null, { user: auth.username }),
    })
    const mailer = createMailer({ url: `${scheme}://desk:s%40fe@127.0.0.1:${house.port}`, from: 'desk@sursur.example' })
    await expect(mailer.send(message)).rejects.toMatchObject({ code: 'outside.mail-not-sent' })
    const forget = trustLoopbackCertificate()
    try {
      expect(await mailer.send(message)).toBe('sent')
      expect(house.mails).toMatchObject([{ to: ['ana.silva@mofa.example'], secure: true }])
    } finally {
      forget()
      await house.close()
    }
  })
})

describe('guarded fetch over TLS', () => {
  let server: Server
  let port = 0

  beforeAll(async () => {
    server = createServer(identity, (request, response) => response.end(request.headers.host))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    port = (server.address() as AddressInfo).port
  })

  afterAll(() => server.close())

  /** Each name stands for this machine. */
  function fetchFrom(host: string): Promise<Response> {
    const lookup = ((_name: string, _options: unknown, done: (error: null, found: unknown) => void) =>
      done(null, [{ address: '127.0.0.1', family: 4 }])) as never
    return createGuardedFetch({ allowedHosts: [host], lookup })(`https://${host}:${port}/`)
  }

  test('believes no certificate without an authority, and none for another name', async () => {
    await expect(fetchFrom('house.example')).rejects.toMatchObject({
      code: 'outside.host-unreachable',
      params: { reason: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
    })
    const forget = trustLoopbackCertificate()
    await expect(fetchFrom('other.example')).rejects.toMatchObject({ params: { reason: 'ERR_TLS_CERT_ALTNAME_INVALID' } })
    forget()
  })

  test('checks the certificate against the name, although it connects to the address it looked up', async () => {
    const forget = trustLoopbackCertificate()
    expect(await (await fetchFrom('house.example')).text()).toBe(`house.example:${port}`)
    forget()
  })
})
