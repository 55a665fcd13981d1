/** TLS as the program itself speaks it: what is offered to old clients, and what is chosen with new ones. */
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createHttpServer } from '../../src/app/http-server.ts'
import { LOOPBACK_CERTIFICATE, LOOPBACK_KEY } from '../outside/loopback-certificate.ts'

let server: Awaited<ReturnType<typeof createHttpServer>>
let port: number

beforeAll(async () => {
  server = await createHttpServer({
    host: '127.0.0.1',
    publicHost: undefined,
    startToken: undefined,
    accountsExist: async () => true,
    uploadFolder: '/nowhere',
    uploadLimitBytes: 1_000,
    tls: { cert: Buffer.from(LOOPBACK_CERTIFICATE), key: Buffer.from(LOOPBACK_KEY) },
    routes: [],
    answerError: () => ({ status: 404, headers: {}, body: '' }),
  })
  await server.listen({ host: '127.0.0.1', port: 0 })
  port = (server.server.address() as { port: number }).port
})
afterAll(() => server.close())

/** What was agreed on, or why nothing was. */
function agree(options: ConnectionOptions): Promise<string> {
  return new Promise((resolve) => {
    const socket: TLSSocket = connect({ host: '127.0.0.1', port, ca: LOOPBACK_CERTIFICATE, ...options }, () => {
      resolve(`${socket.getProtocol()} ${socket.getCipher().name}`)
      socket.destroy()
    })
    socket.on('error', (error) => resolve((error as NodeJS.ErrnoException).code ?? error.message))
  })
}

describe('an old client', () => {
  // At security level 0 our own side would still speak them.
  test.each([
    ['TLS 1.0', { minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: 'ALL:@SECLEVEL=0' }],
    ['TLS 1.1', { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' }],
    [
      'block ciphers with a separate check (CBC)',
      { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES256-SHA384:ECDHE-ECDSA-AES128-SHA' },
    ],
  ] as const)('with %s is not spoken to', async (_name, options) => {
    expect(await agree(options)).toMatch(/^(ERR_SSL|ECONNRESET|EPROTO)/)
  })
})

test('the newest version is chosen, and in the one before a key for each connection', async () => {
  expect(await agree({})).toBe('TLSv1.3 TLS_AES_256_GCM_SHA384')
  expect(await agree({ maxVersion: 'TLSv1.2' })).toMatch(/^TLSv1\.2 ECDHE-ECDSA-(AES\d+-GCM|CHACHA20)/)
})
