import type { lookup } from 'node:dns'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { createGuardedFetch, type GuardedFetchSettings } from './guarded-fetch.ts'
import './problems.ts'

const servers: Server[] = []

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

/** What a name resolves to, a different answer each time. */
function resolvingTo(...answers: readonly (readonly string[])[]): { lookup: typeof lookup; asked: () => number } {
  let asked = 0
  const answer = (_name: string, _options: unknown, done: (error: null, found: unknown) => void) => {
    const addresses = answers[Math.min(asked, answers.length - 1)] ?? []
    asked += 1
    done(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )
  }
  return { lookup: answer as unknown as typeof lookup, asked: () => asked }
}

async function codeOf(address: string, settings: GuardedFetchSettings = {}): Promise<string> {
  const answer = await createGuardedFetch({ allowHttp: true, ...settings })(address).catch((problem) => problem)
  return answer.code ?? `answered ${answer.status}`
}

describe('an address is refused before anything is connected', () => {
  test.each([
    ['http://127.0.0.1/'],
    ['http://127.1/'],
    ['http://0/'],
    ['http://0x7f.1/'],
    ['http://0x7f000001/'],
    ['http://017700000001/'],
    ['http://2130706433/'],
    ['http://127.0.0.1./'],
    ['http://１２７.０.０.１/'],
    ['http://127。0。0。1/'],
    ['http://169.254.169.254/latest/meta-data/'],
    ['http://0xa9fea9fe/'],
    ['http://[::1]/'],
    ['http://[::]/'],
    ['http://[::ffff:127.0.0.1]/'],
    ['http://[::ffff:7f00:1]/'],
    ['http://[64:ff9b::7f00:1]/'],
    ['http://[fd00:ec2::254]/'],
    ['http://[fe80::1]/'],
    ['http://10.0.0.1:8080/'],
    ['http://192.168.1.1/'],
  ])('%s: this network', async (address) => {
    expect(await codeOf(address)).toBe('outside.address-refused')
  })

  test.each([
    ['', 'outside.address-invalid'],
    ['ftp://files.example/', 'outside.address-invalid'],
    ['file:///etc/passwd', 'outside.address-invalid'],
    ['javascript:alert(1)', 'outside.address-invalid'],
    ['https://user:secret@host.example/', 'outside.address-invalid'],
    ['https://', 'outside.address-invalid'],
    ['http://[fe80::1%25eth0]/', 'outside.address-invalid'],
    ['http://1.2.3.4.5.6:99999/', 'outside.address-invalid'],
  ])('%s: no address of the web', async (address, code) => {
    expect(await codeOf(address)).toBe(code)
  })

  test('plain HTTP, unless allowed', async () => {
    expect(await codeOf('http://host.example/', { allowHttp: false })).toBe('outside.plain-http-refused')
  })
})

describe('a name is judged by what it resolves to, at the moment of connecting', () => {
  test('localhost, and a name of which only one address is not public, are refused', async () => {
    expect(await codeOf('http://localhost/')).toBe('outside.address-refused')
    for (const addresses of [
      ['127.0.0.1'],
      ['8.8.8.8', '10.0.0.1'],
      ['::ffff:127.0.0.1'],
      ['fe80::1%eth0'],
      ['2606:4700::1', '::1'],
    ]) {
      expect(await codeOf('http://host.example/', { lookup: resolvingTo(addresses).lookup })).toBe('outside.address-refused')
    }
  })

  test('a name is looked up once per request: a second answer (DNS rebinding) is never used', async () => {
    const names = resolvingTo(['10.0.0.1'], ['127.0.0.1'])
    const port = await serve((_request, response) => response.end('reached'))
    expect(await codeOf(`http://host.example:${port}/`, { lookup: names.lookup })).toBe('outside.address-refused')
    expect(names.asked()).toBe(1)
  })

  test('a name without any address is not reached', async () => {
    expect(await codeOf('http://host.example/', { lookup: resolvingTo([]).lookup })).toBe('outside.host-unreachable')
  })
})

describe('allowed hosts', () => {
  test('only the host itself, and only the port when one is named', async () => {
    const port = await serve((_request, response) => response.end('reached'))
    const lookup = resolvingTo(['127.0.0.1']).lookup
    const ask = (allowed: string) => codeOf(`http://id.local:${port}/`, { allowedHosts: [allowed], lookup })
    for (const allowed of ['local', 'other.local', 'd.local', `id.local:${port + 1}`, '127.0.0.1', '']) {
      expect(await ask(allowed)).toBe('outside.address-refused')
    }
    expect(await ask('id.local')).toBe('answered 200')
    expect(await ask(` ID.local:${port} `)).toBe('answered 200')
    expect(await codeOf(`http://127.0.0.1:${port}/`, { allowedHosts: ['127.0.0.1'] })).toBe('answered 200')
    expect(await codeOf(`http://2130706433:${port}/`, { allowedHosts: ['127.0.0.1'] })).toBe('answered 200')
  })
})

describe('a host that answers badly', () => {
  const local = { allowedHosts: ['127.0.0.1'] }

  test('is not followed to another place', async () => {
    for (const status of [301, 302, 303, 307, 308]) {
      const port = await serve((_request, response) => response.writeHead(status, { location: 'http://169.254.169.254/' }).end())
      expect(await codeOf(`http://127.0.0.1:${port}/`, local)).toBe('outside.redirect-refused')
    }
  })

  test('is cut off when it sends too much, with and without saying so before', async () => {
    const port = await serve((_request, response) => {
      response.on('error', () => undefined)
      const more = () => !response.destroyed && response.write('x'.repeat(10_000), more)
      more()
    })
    expect(await codeOf(`http://127.0.0.1:${port}/`, { ...local, sizeLimitBytes: 50_000 })).toBe('outside.answer-too-large')
  })

  test('is given up when it says nothing, or one letter at a time', async () => {
    const silent = await serve(() => undefined)
    expect(await codeOf(`http://127.0.0.1:${silent}/`, { ...local, timeoutSeconds: 0.2 })).toBe('outside.host-too-slow')
    const dripping = await serve((_request, response) => {
      const timer = setInterval(() => response.write('x'), 20)
      response.on('close', () => clearInterval(timer))
    })
    expect(await codeOf(`http://127.0.0.1:${dripping}/`, { ...local, timeoutSeconds: 0.3 })).toBe('outside.host-too-slow')
  })

  test('is not reached when it is down, hangs up, or speaks no HTTP', async () => {
    const port = await serve((request) => request.socket.end('no\r\n\r\n'))
    expect(await codeOf(`http://127.0.0.1:${port}/`, local)).toBe('outside.host-unreachable')
    const hangsUp = await serve((request) => request.socket.destroy())
    expect(await codeOf(`http://127.0.0.1:${hangsUp}/`, local)).toBe('outside.host-unreachable')
    const halfway = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': 100 })
      response.write('half', () => response.destroy())
    })
    expect(await codeOf(`http://127.0.0.1:${halfway}/`, local)).toBe('outside.host-unreachable')
    expect(await codeOf('https://127.0.0.1:1/', local)).toBe('outside.host-unreachable')
  })
})

test('a good answer comes whole, with its headers, and the question arrives as it was asked', async () => {
  const port = await serve((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () =>
      response
        .writeHead(201, { 'content-type': 'application/json', 'x-two': ['a', 'b'] })
        .end(JSON.stringify({ method: request.method, body, type: request.headers['content-type'] })),
    )
  })
  const fetch = createGuardedFetch({ allowHttp: true, allowedHosts: ['127.0.0.1'] })
  const answer = await fetch(`http://127.0.0.1:${port}/x`, { method: 'POST', body: new URLSearchParams({ a: 'ü' }) })
  expect(answer.status).toBe(201)
  expect(answer.headers.get('x-two')).toBe('a, b')
  expect(await answer.json()).toEqual({
    method: 'POST',
    body: 'a=%C3%BC',
    type: 'application/x-www-form-urlencoded;charset=UTF-8',
  })
})
