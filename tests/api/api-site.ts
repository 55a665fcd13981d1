/** The API as a program meets it, over HTTP without a port, on a database of its own; each caller has a key. */
import type { FastifyInstance } from 'fastify'
import { apiError } from '../../src/api/api-error.ts'
import { apiRoutes } from '../../src/api/routes.ts'
import { createActorOfKey } from '../../src/app/actor-of-key.ts'
import { createHttpServer } from '../../src/app/http-server.ts'
import { PUBLIC_OPERATIONS } from '../../src/app/public-operations.ts'
import { createVisitorOf } from '../../src/app/visitor-of.ts'
import { sql } from '../../src/database/db.ts'
import { MIGRATIONS_FOLDER } from '../../src/database/migrate.ts'
import { newTestDatabase, type TestDatabase } from '../../src/database/testing/test-database.ts'
import type { HttpRequest } from '../../src/kernel/http.ts'
import { newId } from '../../src/kernel/ids.ts'
import { Problem } from '../../src/kernel/problems.ts'
import { auditWriter, commandAnswers, createApiKey, createKeyQuotas, loadGrants, policy } from '../../src/modules/access/index.ts'
import { type Actor, createOperations, LOCAL_ADMINISTRATOR, type RepeatableOperations } from '../../src/operations/index.ts'

const HOST = 'localhost:8080'
export const NOW = '2026-11-24T12:00:00.000Z'

/** As much as a record needs to be submitted. */
export function factsIn(hosts: readonly string[], title = 'Wells') {
  return {
    title: { orig: 'en', texts: { en: title } },
    kind: 'project' as const,
    reportingOrg: { name: 'Office' },
    hosts: [...hosts],
    partners: [{ no: '1', iso3: 'BRA', role: 'first_provider' }],
  }
}

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: Record<string, unknown>
}

export interface ApiSite {
  readonly database: TestDatabase
  readonly server: FastifyInstance
  readonly operations: RepeatableOperations
  /** Faults that were answered with 500. */
  readonly faults: readonly unknown[]
  setTime(instant: string): void
  addPerson(id: string, roles?: readonly GivenRole[]): Promise<Actor>
  /** A key of this person with these permissions; all that keys can hold when none is named. */
  addKey(person: Actor, permissions: readonly string[], options?: { hourlyQuota?: number; expiresAt?: string }): Promise<string>
  get(path: string, options?: CallOptions): Promise<Answer>
  post(path: string, body: unknown, options?: CallOptions): Promise<Answer>
  close(): Promise<void>
}

export interface GivenRole {
  readonly role: string
  readonly scope: string
  readonly scopeId?: string
}

export interface CallOptions {
  readonly key?: string
  /** Instead of a key: who is signed in. */
  readonly as?: Actor
  readonly headers?: Readonly<Record<string, string>>
}

const AS = 'x-test-actor'

export async function openApiSite(): Promise<ApiSite> {
  const database = await newTestDatabase(MIGRATIONS_FOLDER)
  let now = new Date(NOW)
  const clock = { now: () => now }
  const operations = createOperations({ database, clock, policy, audit: auditWriter, answers: commandAnswers })
  const quotas = createKeyQuotas(clock)
  const faults: unknown[] = []
  const actors = new Map<string, Actor>([[LOCAL_ADMINISTRATOR.id, LOCAL_ADMINISTRATOR]])
  const limits = { take: () => {} }
  const visitorOf = createVisitorOf({
    limits,
    accountsExist: async () => true,
    actorOfSession: async () => undefined,
    actorOfKey: createActorOfKey(operations, quotas),
    formTokenOf: () => '',
  })
  const server = await createHttpServer({
    host: '127.0.0.1',
    publicHost: undefined,
    startToken: undefined,
    uploadFolder: '/nowhere',
    uploadLimitBytes: 1_000_000,
    limits,
    routes: apiRoutes({
      operations,
      actorOf: async (request: HttpRequest) => actors.get(request.header(AS) ?? '') ?? (await visitorOf(request)).actor,
      quotaOf: (keyId) => quotas.find(keyId),
      version: '0.0.0',
      publicOperations: PUBLIC_OPERATIONS,
    }),
    answerError(error, request) {
      if (!(error instanceof Problem)) faults.push(error)
      return apiError(error, request, 'ref')
    },
  })

  async function call(method: 'GET' | 'POST', url: string, payload: unknown, options: CallOptions): Promise<Answer> {
    const headers: Record<string, string> = { host: HOST, ...options.headers }
    if (options.key !== undefined) headers.authorization = `Bearer ${options.key}`
    if (options.as !== undefined) headers[AS] = options.as.id
    const response = await server.inject({ method, url, headers, ...(method === 'POST' ? { payload: payload as object } : {}) })
    return {
      status: response.statusCode,
      headers: response.headers as Record<string, string>,
      body: response.body === '' ? {} : JSON.parse(response.body),
    }
  }

  return {
    database,
    server,
    operations,
    faults,
    setTime: (instant) => {
      now = new Date(instant)
    },
    async addPerson(id, roles = []) {
      await database.run(sql`
        insert into users (id, email, name, lang, state, version, created_at, created_by, updated_at, updated_by)
        values (${id}, ${`${id}@example.org`}, ${id}, 'en', 'active', 1, ${NOW}, 'test', ${NOW}, 'test')
      `)
      for (const { role, scope, scopeId } of roles) {
        await database.run(sql`
          insert into grants (id, user_id, role, scope, scope_id, starts_at, given_at, given_by)
          values (${newId()}, ${id}, ${role}, ${scope}, ${scopeId ?? null}, '2020-01-01', ${NOW}, 'test')
        `)
      }
      const actor: Actor = { id, kind: 'user', name: id, grants: await loadGrants(database, id) }
      actors.set(id, actor)
      return actor
    },
    async addKey(person, permissions, options = {}) {
      const made = await operations.run(
        createApiKey,
        { name: 'test', permissions: [...permissions], expiresAt: '2027-06-01T00:00:00Z', ...options },
        person,
      )
      return made.key
    },
    get: (path, options = {}) => call('GET', path, undefined, options),
    post: (path, body, options = {}) => call('POST', path, body, options),
    async close() {
      await server.close()
      await database.close()
    },
  }
}
