import { expect, test } from 'vitest'
import type { HttpRequest } from '../../kernel/http.ts'
import { faultLine } from './fault-line.ts'

test('a fault is logged with its place and code, without address, query, value or person', () => {
  const request: HttpRequest = {
    method: 'POST',
    path: '/en/persons/maria',
    route: '/:lang/persons/:id',
    id: '6d3ece18-f617-4958-ac89-29772021c2bb',
    address: '192.0.2.7',
    params: { id: 'maria' },
    query: new URLSearchParams('token=s3cr3t'),
    form: new URLSearchParams('password=hunter2'),
    files: [],
    header: () => 'Bearer s3cr3t',
  }
  const message = 'invalid input "maria@example.org" for maria@example.org with 0a1b2c3d4e5f\nforged line'
  const line = faultLine(
    Object.assign(new Error(message), { code: '22P02' }),
    request,
    '6d3ece18',
    new Date('2026-11-25T08:00:00Z'),
  )
  expect(line.split('\n')[0]).toBe(
    '2026-11-25T08:00:00.000Z fault 6d3ece18 request 6d3ece18-f617-4958-ac89-29772021c2bb at POST /:lang/persons/:id: Error 22P02: invalid input "…" for … with … forged line',
  )
  expect(line).toContain('fault-line.test.ts')
  expect(line).not.toMatch(/maria|192\.0|s3cr3t|hunter2/)
})
