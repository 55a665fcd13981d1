/** The OpenAPI 3.1 description of the API, made from the schemas that check the input. */
import { z } from 'zod'
import { type Operation, permissionsOf } from '../operations/index.ts'
import { pathOfOperation } from './path-of-operation.ts'

export function openApiDocument(operations: readonly Operation[], version: string): Record<string, unknown> {
  return {
    openapi: '3.1.0',
    info: { title: 'Sursur', version, license: { name: 'Apache-2.0' } },
    paths: Object.fromEntries(operations.map((operation) => [pathOfOperation(operation), pathItem(operation)])),
    components: { schemas: { Problem: PROBLEM } },
  }
}

function pathItem(operation: Operation): Record<string, unknown> {
  const schema = schemaOf(operation)
  const described = {
    operationId: operation.name,
    tags: [operation.name.split('.')[0]],
    'x-permission': permissionsOf(operation),
    responses: {
      200: { description: 'Done', content: { 'application/json': {} } },
      default: {
        description: 'Problem',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  }
  return operation.kind === 'query'
    ? { get: { ...described, parameters: [{ name: 'input', in: 'query', content: { 'application/json': { schema } } }] } }
    : { post: { ...described, requestBody: { required: true, content: { 'application/json': { schema } } } } }
}

function schemaOf(operation: Operation): unknown {
  const { $schema: _dialect, ...schema } = z.toJSONSchema(operation.input, { io: 'input', unrepresentable: 'any' })
  return schema
}

const PROBLEM = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string' },
    params: { type: 'object' },
    errors: { type: 'array', items: { type: 'object' } },
  },
} as const
