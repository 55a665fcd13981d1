/** Clients that take their time on purpose, clients that hold many connections, and a stop while somebody is being answered. */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import type { ConnectionLimits } from '../../src/app/http/options.ts'
import { createHttpServer } from '../../src/app/http-server.ts'
import type { HttpRoute } from '../../src/kernel/http.ts'

const open: { close(): Promise<unknown> }[] = []
const sockets: Socket[] = []
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  for (const server of open.splice(0)) await server.close()
})

const ANSWER = { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: 'done' }

async function listen(connections: ConnectionLimits, routes: readonly HttpRoute[] = []) {
  const server = await createHttpServer({
    host: '127.0.0.1',
    publicHost: undefined,
    startToken: undefined,
    accountsExist: async () => true,
    uploadFolder: '/nowhere',
    uploadLimitBytes: 1_000,
    connections,
    routes: [{ method: 'POST', path: '/form', handle: async () => ANSWER }, ...routes],
    answerError: (error) => ({ status: 500, headers: {}, body: String(error) }),
  })
  open.push(server)
  await server.listen({ host: '127.0.0.1', port: 0 })
  const { port } = server.server.address() as { port: number }
  return { server, port }
}

/** A connection that says what it is told to, and what was heard until it was closed. */
function speak(port: number, text: string) {
  const socket = connect(port, '127.0.0.1')
  sockets.push(socket)
  let heard = ''
  socket.on('data', (chunk) => {
    heard += String(chunk)
  })
  // A connection that is cut ends with an error of its own.
  socket.on('error', () => {})
  socket.on('connect', () => socket.write(text))
  return { socket, closed: new Promise<string>((resolve) => socket.once('close', () => resolve(heard))) }
}

const HEAD = 'POST /form HTTP/1.1\r\nhost: localhost\r\n'
const FORM = `${HEAD}content-type: application/x-www-form-urlencoded\r\n`

describe('slow clients are cut', () => {
  test('one that never ends its headers, although it says something all the time', { timeout: 20_000 }, async () => {
    const { port } = await listen({ headersWithin: 300 })
    const { socket, closed } = speak(port, HEAD)
    const drip = setInterval(() => socket.write('x: y\r\n'), 50)
    const heard = await closed.finally(() => clearInterval(drip))
    expect(heard).toMatch(/^HTTP\/1\.1 408/)
  })

  test('one that sends its form a letter at a time', async () => {
    const { port } = await listen({ formWithin: 300 })
    const { socket, closed } = speak(port, `${FORM}content-length: 1000000\r\n\r\n`)
    const drip = setInterval(() => socket.write('a'), 50)
    const heard = await closed.finally(() => clearInterval(drip))
    expect(heard).not.toContain('200')
  })

  test('and one in chunks', async () => {
    const { port } = await listen({ formWithin: 300 })
    const { socket, closed } = speak(port, `${FORM}transfer-encoding: chunked\r\n\r\n`)
    const drip = setInterval(() => socket.write('1\r\na\r\n'), 50)
    const heard = await closed.finally(() => clearInterval(drip))
    expect(heard).not.toContain('200')
  })

  test('a form that comes in time is answered', async () => {
    const { port } = await listen({ formWithin: 300 })
    const { closed } = speak(port, `${FORM}content-length: 3\r\nconnection: close\r\n\r\na=1`)
    expect(await closed).toMatch(/^HTTP\/1\.1 200[\s\S]*done$/)
  })
})

test('one address holds so many connections and no more; one that is given up makes room', async () => {
  const { port } = await listen({ mostOfOneAddress: 3, countThisMachine: true })
  const held = [speak(port, ''), speak(port, ''), speak(port, '')]
  await Promise.all(held.map(({ socket }) => once(socket, 'connect')))
  const ask = () => speak(port, `${FORM}content-length: 3\r\nconnection: close\r\n\r\na=1`).closed
  expect(await ask()).toBe('')
  held[0]?.socket.destroy()
  await expect.poll(ask).toMatch(/^HTTP\/1\.1 200/)
})

describe('two requests in one', () => {
  const SMUGGLED = 'POST /form HTTP/1.1\r\nhost: localhost\r\ncontent-length: 0\r\n\r\n'

  test.each([
    ['two lengths', `${FORM}content-length: 3\r\ncontent-length: 50\r\n\r\na=1`],
    ['a length and chunks', `${FORM}content-length: 3\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n${SMUGGLED}`],
    ['chunks that are spelled in another way', `${FORM}transfer-encoding: xchunked\r\n\r\n0\r\n\r\n${SMUGGLED}`],
    ['a line that ends without a return', `POST /form HTTP/1.1\nhost: localhost\ncontent-length: 0\n\n`],
    ['a space before the colon', `${HEAD}content-length : 3\r\n\r\na=1`],
  ])('%s: refused, and the connection is closed', async (_name, text) => {
    const { port } = await listen({})
    const heard = await speak(port, text).closed
    expect(heard).toMatch(/^HTTP\/1\.1 400/)
    expect(heard.match(/HTTP\/1\.1/g)).toHaveLength(1)
  })
})

test('a request to send it back (TRACE) is not', async () => {
  const { port } = await listen({})
  const heard = await speak(port, 'TRACE /form HTTP/1.1\r\nhost: localhost\r\nx-secret: s3cret\r\nconnection: close\r\n\r\n')
    .closed
  expect(heard).toMatch(/^HTTP\/1\.1 (4\d\d|500)/)
  expect(heard).not.toContain('s3cret')
})

test('a stop answers what it has begun, and takes nothing new', async () => {
  const begun = Promise.withResolvers<void>()
  const release = Promise.withResolvers<void>()
  const { server, port } = await listen({}, [
    {
      method: 'GET',
      path: '/long',
      handle: async () => {
        begun.resolve()
        await release.promise
        return ANSWER
      },
    },
  ])
  const { closed } = speak(port, 'GET /long HTTP/1.1\r\nhost: localhost\r\n\r\n')
  await begun.promise
  const stopped = server.close()
  const late = speak(port, 'GET /long HTTP/1.1\r\nhost: localhost\r\n\r\n')
  expect(await late.closed).not.toMatch(/^HTTP\/1\.1 200/)
  release.resolve()
  expect(await closed).toMatch(/^HTTP\/1\.1 200[\s\S]*done/)
  await stopped
})
