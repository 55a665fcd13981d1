import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readSettings } from './settings.ts'
import { startServer } from './start.ts'

const folder = mkdtempSync(join(tmpdir(), 'sursur-start-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('a port that another program has is said in words, and the data folder is free again', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await new Promise((listening) => other.once('listening', listening))
  const { port } = other.address() as AddressInfo
  const settings = readSettings({ dataFolder: folder, emptyStart: 'yes', port: String(port) }, {})
  const start = () => startServer(settings, { jobs: false, say: () => {} })
  await expect(start()).rejects.toMatchObject({
    code: 'app.port-not-free',
    params: { host: '127.0.0.1', port: String(port), reason: 'EADDRINUSE' },
  })
  await new Promise((closed) => other.close(closed))
  const server = await start()
  expect(server.address).toBe(`http://localhost:${port}`)
  await server.close()
})

test('a file of open data that is not there is said to a program as a problem, and to a person as a page', async () => {
  const settings = readSettings({ dataFolder: mkdtempSync(join(folder, 'data-')), emptyStart: 'yes', port: '0' }, {})
  const server = await startServer(settings, { jobs: false, say: () => {} })
  try {
    const ask = async (accept: string) => {
      const answer = await fetch(`${server.address}/data/nowhere.csv`, { headers: { accept } })
      await answer.text()
      return [answer.status, answer.headers.get('content-type')]
    }
    expect(await ask('*/*')).toEqual([404, 'application/problem+json; charset=utf-8'])
    expect(await ask('text/html,*/*;q=0.8')).toEqual([404, 'text/html; charset=utf-8'])
  } finally {
    await server.close()
  }
})
