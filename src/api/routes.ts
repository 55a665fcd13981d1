/**
 * The public HTTP API: each operation under its own name. A query is a GET with its input as JSON in `input` (or plain parameters),
 * a command is a POST with a JSON body. The OpenAPI description is made from the same schemas.
 */
import type { z } from 'zod'
import type { HttpRequest, HttpResponse, HttpRoute } from '../kernel/http.ts'
import { defineProblems, Problem } from '../kernel/problems.ts'
import { requireReadableJson } from '../kernel/readable-input.ts'
import type { Actor, Operation, Operations } from '../operations/index.ts'
import { openApiDocument } from './open-api.ts'
import { pathOfOperation } from './path-of-operation.ts'

defineProblems('api', {
  'body-not-json': { kind: 'invalid', params: ['accepted'] },
  'input-not-json': { kind: 'invalid', params: ['found'] },
})

export interface ApiContext {
  readonly operations: Operations
  actorOf(request: HttpRequest): Promise<Actor>
  readonly version: string
  /** Which operations a program may call; the app says it. */
  readonly publicOperations: readonly Operation[]
}

export function apiRoutes(context: ApiContext): HttpRoute[] {
  return [
    {
      method: 'GET',
      path: '/api/openapi.json',
      handle: async () => json(200, openApiDocument(context.publicOperations, context.version)),
    },
    ...context.publicOperations.map((operation) => operationRoute(context, operation)),
  ]
}

function operationRoute({ operations, actorOf }: ApiContext, operation: Operation): HttpRoute {
  return {
    method: operation.kind === 'query' ? 'GET' : 'POST',
    path: pathOfOperation(operation),
    async handle(request) {
      const input = operation.kind === 'query' ? inputOfQuery(request, operation) : inputOfBody(request)
      return json(200, await operations.run(operation, input, await actorOf(request)))
    },
  }
}

function inputOfQuery(request: HttpRequest, operation: Operation): unknown {
  const whole = request.query.get('input')
  if (whole === null) {
    const shape = 'shape' in operation.input ? (operation.input.shape as Record<string, z.ZodType | undefined>) : {}
    const fieldOf = (name: string) => (Object.hasOwn(shape, name) ? shape[name] : undefined)
    return Object.fromEntries([...request.query].map(([name, value]) => [name, plainValue(value, fieldOf(name))]))
  }
  const input = parseJson(whole)
  requireReadableJson(input)
  return input
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new Problem('api.input-not-json', { found: text.slice(0, 80) }, { cause })
  }
}

/** The text itself where the field accepts it; otherwise the number or the boolean that it plainly is. */
function plainValue(value: string, field: z.ZodType | undefined): unknown {
  if (field === undefined || field.safeParse(value).success) return value
  if (/^-?\d{1,15}$/.test(value)) return Number(value)
  return value === 'true' ? true : value === 'false' ? false : value
}

function inputOfBody(request: HttpRequest): unknown {
  if (typeof request.json !== 'object' || request.json === null)
    throw new Problem('api.body-not-json', { accepted: 'application/json' })
  return request.json
}

function json(status: number, body: unknown): HttpResponse {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
    body: JSON.stringify(body ?? null),
  }
}
