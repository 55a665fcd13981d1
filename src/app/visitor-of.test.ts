import { describe, expect, test } from 'vitest'
import type { HttpRequest } from '../kernel/http.ts'
import type { Actor } from '../operations/index.ts'
import { SESSION_COOKIE } from '../web/site.tsx'
import { createVisitorOf } from './visitor-of.ts'

const amina: Actor = { id: 'amina', kind: 'user', name: 'Amina', sessionId: 's' }
const program: Actor = { id: 'amina', kind: 'user', name: 'Amina', keyId: 'k', allowed: [] }

function visitorOf(request: Partial<HttpRequest> & { authorization?: string }, accountsExist = true) {
  const { authorization, ...rest } = request
  return createVisitorOf({
    accountsExist: async () => accountsExist,
    actorOfSession: async (token) => (token === 'good' ? amina : undefined),
    actorOfKey: async () => program,
    formTokenOf: () => 'token',
    limits: { take: () => {} },
  })({
    method: 'GET',
    path: '/api/x',
    params: {},
    query: new URLSearchParams(),
    form: new URLSearchParams(),
    files: [],
    header: (name) => (name === 'authorization' ? authorization : undefined),
    ...rest,
  })
}

const cookies = { [SESSION_COOKIE]: 'good' }

describe('who sends a request', () => {
  test('a page of another site is nobody without a key, whatever cookie came and also before the first account', async () => {
    expect((await visitorOf({ foreign: true, cookies })).actor.kind).toBe('anonymous')
    expect((await visitorOf({ foreign: true }, false)).actor.kind).toBe('anonymous')
    expect((await visitorOf({ foreign: true, authorization: 'Bearer sursur_x' })).actor).toMatchObject({ keyId: 'k' })
  })

  test('a key counts before a cookie; other kinds of authorization say nothing', async () => {
    expect((await visitorOf({ cookies, authorization: 'bearer sursur_x' })).actor).toMatchObject({ keyId: 'k' })
    expect((await visitorOf({ cookies, authorization: 'Basic YTpi' })).actor).toMatchObject({ sessionId: 's' })
    expect((await visitorOf({ authorization: 'Bearer ' })).actor.kind).toBe('anonymous')
  })

  test('a session that is over is a stranger; before the first account whoever is at this machine is the administrator', async () => {
    expect((await visitorOf({ cookies: { [SESSION_COOKIE]: 'old' } })).actor.kind).toBe('anonymous')
    expect((await visitorOf({}, false)).actor.kind).toBe('local')
  })
})
