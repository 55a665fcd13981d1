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
