/**
 * The public HTTP API: each operation under its own name. A query is a GET with its input as JSON in `input` (or plain parameters),
 * a command is a POST with a JSON body. The OpenAPI description is made from the same schemas.
 */
import type { HttpRequest, HttpResponse, HttpRoute } from '../kernel/http.ts'
import { Problem } from '../kernel/problems.ts'
import type { KeyQuota } from '../modules/access/index.ts'
import type { Actor, Command, Operation, Query, RepeatableOperations } from '../operations/index.ts'
import { jsonAnswer, pageLink, quotaHeaders, revalidated } from './answers.ts'
import { idempotencyKeyOf } from './idempotency-key.ts'
import { openApiDocument } from './open-api.ts'
import { pathOfOperation, SHORT_PATHS } from './path-of-operation.ts'
import './problems.ts'
import { inputOfBody, inputOfQuery } from './read-input.ts'
import { asPrecondition, withVersion } from './version-match.ts'

export interface ApiContext {
  readonly operations: RepeatableOperations
  /** Errors: Problems of a key that does not work, or that made all its calls of this hour. */
  actorOf(request: HttpRequest): Promise<Actor>
  /** What a key has left of its hour. */
  quotaOf?(keyId: string): KeyQuota | undefined
  readonly version: string
  /** Which operations a program may call; the app says it. */
  readonly publicOperations: readonly Operation[]
}

export function apiRoutes(context: ApiContext): HttpRoute[] {
  const description = jsonAnswer(openApiDocument(context.publicOperations, context.version))
  return [
    {
      method: 'GET',
      path: '/api/openapi.json',
      handle: async (request) => revalidated(request, description),
    },
    ...context.publicOperations.flatMap((operation) =>
      [pathOfOperation(operation), ...(SHORT_PATHS[operation.name] ?? [])].map((path) =>
        operationRoute(context, operation, path),
      ),
    ),
  ]
}

function operationRoute(context: ApiContext, operation: Operation, path: string): HttpRoute {
  return {
    method: operation.kind === 'query' ? 'GET' : 'POST',
    path,
    async handle(request) {
      const actor = await context.actorOf(request)
      try {
        const answer = await (operation.kind === 'query'
          ? answerQuery(context, operation, request, actor)
          : answerCommand(context, operation, request, actor))
        // What a person reads in the browser stays in no cache of the machine; a program asks again with the tag.
        if (actor.sessionId !== undefined) return { ...answer, headers: { ...answer.headers, 'cache-control': 'no-store' } }
        const quota = actor.keyId === undefined ? undefined : context.quotaOf?.(actor.keyId)
        return quota ? { ...answer, headers: { ...answer.headers, ...quotaHeaders(quota) } } : answer
      } catch (error) {
        throw asSignInNeeded(error, actor)
      }
    },
  }
}

async function answerQuery({ operations }: ApiContext, query: Query, request: HttpRequest, actor: Actor): Promise<HttpResponse> {
  const output = await operations.run(query, inputOfQuery(request, query), actor)
  return revalidated(request, jsonAnswer(output, pageLink(request, query, output)), output)
}

async function answerCommand(
  { operations }: ApiContext,
  command: Command,
  request: HttpRequest,
  actor: Actor,
): Promise<HttpResponse> {
  const { input, matched } = withVersion(command, inputOfBody(request), request.header('if-match'))
  const key = idempotencyKeyOf(request)
  try {
    // Strangers share one name: an answer that one of them got is not for the next.
    if (key === undefined || actor.kind === 'anonymous') return jsonAnswer(await operations.run(command, input, actor))
    const { output, replayed } = await operations.runOnce(command, input, actor, key)
    return jsonAnswer(output, replayed ? { 'idempotent-replayed': 'true' } : {})
  } catch (error) {
    throw asPrecondition(error, matched)
  }
}

/** Who has not said who they are is asked to, instead of being told that they may not. */
function asSignInNeeded(error: unknown, actor: Actor): unknown {
  if (!(error instanceof Problem) || actor.kind !== 'anonymous' || error.code !== 'operations.permission-lacking') return error
  return new Problem('api.key-needed', { permission: error.params.permission ?? '' }, { cause: error })
}
