/**
 * The OpenAPI 3.1 description of the API, made from the schemas that check the input and describe the answers. What an operation
 * answers without a schema of its own is left open: nothing is claimed that is not checked.
 */
import { z } from 'zod'
import { permits } from '../modules/access/index.ts'
import { ANONYMOUS, type Operation, permissionsOf } from '../operations/index.ts'
import { exampleOf } from './examples.ts'
import { DATA_TAG, dataPaths } from './open-api-data.ts'
import { HEADERS, PROBLEM_RESPONSES, PROBLEM_SCHEMA, SECURITY_SCHEMES } from './open-api-parts.ts'
import { pathOfOperation, SHORT_PATHS } from './path-of-operation.ts'
import { fieldOf } from './read-input.ts'

type Json = Record<string, unknown>

export function openApiDocument(operations: readonly Operation[], version: string): Json {
  return {
    openapi: '3.1.0',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: { title: 'Sursur', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: '/' }],
    tags: [...[...new Set(operations.map(roomOf))].map((name) => ({ name })), DATA_TAG],
    paths: { ...Object.fromEntries(operations.flatMap((operation) => pathsOf(operation))), ...dataPaths() },
    components: {
      schemas: { Problem: PROBLEM_SCHEMA },
      responses: PROBLEM_RESPONSES,
      headers: HEADERS,
      securitySchemes: SECURITY_SCHEMES,
    },
  }
}

function pathsOf(operation: Operation): [string, Json][] {
  const short = SHORT_PATHS[operation.name] ?? []
  return [
    [pathOfOperation(operation), pathItem(operation, operation.name)],
    // An operationId stands for one address only.
    ...short.map((path): [string, Json] => [path, pathItem(operation, `${operation.name}${path.replaceAll('/', '.')}`)]),
  ]
}

function roomOf({ name }: Operation): string {
  return name.split('.')[0] ?? name
}

function pathItem(operation: Operation, operationId: string): Json {
  const example = exampleOf(operation.name)
  const described = {
    operationId,
    summary: summaryOf(operation),
    tags: [roomOf(operation)],
    'x-permission': permissionsOf(operation),
    // The whole input once more: parameters and body say it in parts.
    'x-input': schemaOf(operation.input, 'input'),
    ...(example ? { 'x-example': example.input } : {}),
    security: securityOf(operation),
    responses: responsesOf(operation),
  }
  if (operation.kind === 'query') return { get: { ...described, parameters: queryParameters(operation) } }
  const schema = schemaOf(operation.input, 'input')
  const content = {
    'application/json': { schema: bodySchema(operation, schema), ...(example ? { example: example.input } : {}) },
  }
  return { post: { ...described, parameters: commandParameters(operation), requestBody: { required: true, content } } }
}

/** `registry.list-listings` reads "List listings". */
function summaryOf({ name }: Operation): string {
  const words = name.slice(name.indexOf('.') + 1).replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** The empty requirement says that nobody need say who they are. */
function securityOf(operation: Operation): Json[] {
  const forStrangers = permissionsOf(operation).some((permission) => permits(ANONYMOUS, permission))
  return [{ key: [] }, { session: [] }, ...(forStrangers ? [{}] : [])]
}

export function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any', reused: 'inline' })
  return rest
}

/** Plain parameters for the fields that are one word or a list of words; the whole input as JSON always. */
function queryParameters(operation: Operation): Json[] {
  const schema = schemaOf(operation.input, 'input')
  const required = new Set((schema.required as string[] | undefined) ?? [])
  const fields = Object.entries((schema.properties as Record<string, Json> | undefined) ?? {})
  const plain = fields.filter(([, field]) => isPlain(field))
  const isWhollyPlain = plain.length === fields.length
  const example = exampleOf(operation.name)
  return [
    ...plain.map(([name, field]) => ({ name, in: 'query', required: isWhollyPlain && required.has(name), schema: field })),
    ...(isWhollyPlain
      ? []
      : [
          {
            name: 'input',
            in: 'query',
            required: required.size > 0,
            content: { 'application/json': { schema, ...(example ? { example: example.input } : {}) } },
          },
        ]),
    { name: 'If-None-Match', in: 'header', required: false, schema: { type: 'string' } },
    LANGUAGE,
  ]
}

function isPlain(field: Json): boolean {
  if (field.type === 'array') return isPlain((field.items as Json | undefined) ?? {})
  return ['string', 'integer', 'number', 'boolean'].includes(String(field.type)) || Array.isArray(field.enum)
}

const LANGUAGE = {
  name: 'Accept-Language',
  in: 'header',
  required: false,
  description: 'Language of problems.',
  schema: { type: 'string' },
}

function commandParameters(operation: Operation): Json[] {
  return [
    { name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string', minLength: 1, maxLength: 255 } },
    ...(fieldOf(operation, 'version') === undefined
      ? []
      : [
          {
            name: 'If-Match',
            in: 'header',
            required: false,
            description: 'The tag of the record, instead of `version` in the body.',
            schema: { type: 'string' },
          },
        ]),
    LANGUAGE,
  ]
}

/** The version may come as a header instead. */
function bodySchema(operation: Operation, schema: Json): Json {
  if (fieldOf(operation, 'version') === undefined || !Array.isArray(schema.required)) return schema
  return { ...schema, required: schema.required.filter((name) => name !== 'version') }
}

function responsesOf(operation: Operation): Json {
  const schema = operation.output === undefined ? {} : schemaOf(operation.output, 'output')
  const isQuery = operation.kind === 'query'
  const isPaged = fieldOf(operation, 'cursor') !== undefined || fieldOf(operation, 'since') !== undefined
  const headers = [
    ...(isQuery ? ['ETag'] : ['Idempotent-Replayed']),
    ...(isPaged ? ['Link'] : []),
    'X-Request-Id',
    'RateLimit-Policy',
    'RateLimit',
  ]
  const statuses = [
    '401',
    '403',
    '404',
    '422',
    '429',
    ...(isQuery ? [] : ['409']),
    ...(fieldOf(operation, 'version') === undefined ? [] : ['412', '428']),
  ].sort()
  return {
    200: {
      description: 'Done.',
      headers: Object.fromEntries(headers.map((name) => [name, { $ref: `#/components/headers/${name}` }])),
      content: { 'application/json': { schema } },
    },
    ...(isQuery ? { 304: { description: 'The caller has just this answer (`If-None-Match`).' } } : {}),
    ...Object.fromEntries(statuses.map((status) => [status, { $ref: `#/components/responses/${status}` }])),
    default: { $ref: '#/components/responses/default' },
  }
}
