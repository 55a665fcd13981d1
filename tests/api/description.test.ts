/** The description for machines holds to OpenAPI 3.1, as far as it can be checked by its rules, and names what there is. */
import { describe, expect, test } from 'vitest'
import { openApiDocument } from '../../src/api/open-api.ts'
import { pathOfOperation } from '../../src/api/path-of-operation.ts'
import { apiRoutes } from '../../src/api/routes.ts'
import { PUBLIC_OPERATIONS } from '../../src/app/public-operations.ts'
import { LOCAL_ADMINISTRATOR, type RepeatableOperations } from '../../src/operations/index.ts'
import { bulkRoutes } from '../../src/web/pages/data/bulk-routes.ts'
import type { WebContext } from '../../src/web/site.tsx'

type Json = Record<string, unknown>

const description = JSON.parse(JSON.stringify(openApiDocument(PUBLIC_OPERATIONS, '1.2.3'))) as Json
const paths = description.paths as Record<string, Record<string, Json>>
const operations = Object.entries(paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
)

/** As opposed to the files of open data. */
const isOperation = (path: string) => path.startsWith('/api/')

/** Every object of the description with its place. */
function* everyObject(value: unknown, at = '#'): Generator<[string, Json]> {
  if (typeof value !== 'object' || value === null) return
  if (!Array.isArray(value)) yield [at, value as Json]
  for (const [name, inside] of Object.entries(value)) yield* everyObject(inside, `${at}/${name}`)
}

function resolve(ref: string): unknown {
  return ref
    .slice(2)
    .split('/')
    .reduce<unknown>((at, name) => (at as Json | undefined)?.[name], description)
}

/** Objects of a schema; what stands under `default`, `enum`, `const` and `example` is data. */
function* everySchema(schema: unknown, at: string): Generator<[string, Json]> {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return
  const object = schema as Json
  yield [at, object]
  for (const name of ['properties', '$defs']) {
    for (const [key, inside] of Object.entries((object[name] as Json | undefined) ?? {}))
      yield* everySchema(inside, `${at}/${name}/${key}`)
  }
  for (const name of ['items', 'additionalProperties', 'propertyNames']) yield* everySchema(object[name], `${at}/${name}`)
  for (const name of ['anyOf', 'oneOf', 'allOf', 'prefixItems']) {
    for (const [index, inside] of ((object[name] as unknown[] | undefined) ?? []).entries())
      yield* everySchema(inside, `${at}/${name}/${index}`)
  }
}

const JSON_TYPES = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null']

describe('the description of the API', () => {
  test('has the parts that OpenAPI 3.1 asks for', () => {
    expect(description.openapi).toMatch(/^3\.1\.\d+$/)
    expect(description.info).toMatchObject({ title: expect.any(String), version: '1.2.3' })
    expect(Object.keys(description).sort()).toEqual([
      'components',
      'info',
      'jsonSchemaDialect',
      'openapi',
      'paths',
      'servers',
      'tags',
    ])
    for (const path of Object.keys(paths)) expect(path).toMatch(/^\/api\/[a-z/-]+$|^\/data[./]/)
  })

  test('names every public operation at its address, and the feed of changes at its short one', () => {
    for (const operation of PUBLIC_OPERATIONS) {
      expect(paths[pathOfOperation(operation)]).toHaveProperty(operation.kind === 'query' ? 'get' : 'post')
    }
    expect(Object.keys(paths).filter(isOperation)).toHaveLength(PUBLIC_OPERATIONS.length + 1)
    expect(paths['/api/changes']).toBeDefined()
  })

  test('every address is answered by the program, and nothing else', () => {
    const routes = apiRoutes({
      operations: {} as RepeatableOperations,
      actorOf: async () => LOCAL_ADMINISTRATOR,
      version: '1.2.3',
      publicOperations: PUBLIC_OPERATIONS,
    })
    const answered = routes.map(({ method, path }) => `${method} ${path}`).sort()
    const described = operations
      .filter(({ path }) => isOperation(path))
      .map(({ method, path }) => `${method.toUpperCase()} ${path}`)
    expect([...described, 'GET /api/openapi.json'].sort()).toEqual(answered)
  })

  test('open data stands in it: every address of files for programs, for strangers, with formats, tag and what is missing', () => {
    const routes = bulkRoutes({} as WebContext).map(({ path }) => path)
    const described = Object.keys(paths).filter((path) => !isOperation(path))
    // The last part of a route is one word; the description says what it is made of.
    const asRoute = (path: string) => path.replace(/\/[^/]*\{[^/]*$/, '/:file')
    expect([...new Set(described.map(asRoute)), '/data'].sort()).toEqual(routes.sort())
    const file = paths['/data/{collection}.{format}']?.get as Json
    expect(file.security).toEqual([{}])
    const [, format] = file.parameters as { schema: Json }[]
    expect(format?.schema.enum).toEqual(['csv', 'xlsx', 'json', 'jsonl', 'parquet', 'zip', 'xml', 'organisations.xml'])
    const responses = file.responses as Record<string, Json>
    expect(Object.keys(responses)).toEqual(['200', '304', '404', '429', 'default'])
    expect(Object.keys(responses['200']?.headers as Json)).toEqual(
      expect.arrayContaining(['ETag', 'X-Snapshot-Hash', 'X-Left-Out']),
    )
    expect(Object.keys(responses['200']?.content as Json)).toContain('application/vnd.apache.parquet')
  })

  test('no name stands for two operations, and every reference leads somewhere', () => {
    const ids = operations.map(({ operation }) => operation.operationId)
    expect(new Set(ids).size).toBe(ids.length)
    for (const [at, object] of everyObject(description)) {
      if (typeof object.$ref === 'string') expect([at, resolve(object.$ref)]).not.toEqual([at, undefined])
    }
  })

  test('parameters, bodies and answers have the shape that they must have', () => {
    for (const { path, method, operation } of operations) {
      const parameters = (operation.parameters as Json[] | undefined) ?? []
      const names = parameters.map((parameter) => `${parameter.in} ${parameter.name}`)
      expect([path, new Set(names).size]).toEqual([path, names.length])
      for (const parameter of parameters) {
        expect(['query', 'header', ...(isOperation(path) ? [] : ['path'])]).toContain(parameter.in)
        // Either a schema or exactly one kind of content.
        expect([path, parameter.schema === undefined, Object.keys((parameter.content as Json | undefined) ?? {}).length]).toEqual(
          parameter.schema === undefined ? [path, true, 1] : [path, false, 0],
        )
      }
      expect([path, method, operation.requestBody !== undefined]).toEqual([path, method, method === 'post'])
      for (const [status, response] of Object.entries(operation.responses as Record<string, Json>)) {
        expect(status).toMatch(/^([1-5]\d\d|default)$/)
        expect(typeof (response.description ?? response.$ref)).toBe('string')
      }
    }
  })

  test('who may call is said by a scheme that is described', () => {
    const schemes = Object.keys((description.components as Record<string, Json>).securitySchemes ?? {})
    for (const { operation } of operations) {
      for (const way of operation.security as Json[]) for (const name of Object.keys(way)) expect(schemes).toContain(name)
    }
    const isForStrangers = (path: string, method: string) =>
      ((paths[path]?.[method]?.security ?? []) as Json[]).some((way) => Object.keys(way).length === 0)
    expect(isForStrangers('/api/registry/list-listings', 'get')).toBe(true)
    expect(isForStrangers('/api/registry/register-initiative', 'post')).toBe(false)
    expect(isForStrangers('/api/access/list-api-keys', 'get')).toBe(false)
  })

  test('schemas use the words of JSON Schema', () => {
    for (const { path, operation } of operations) {
      for (const [at, schema] of everySchema(operation['x-input'], path)) {
        for (const type of [schema.type ?? []].flat()) expect([at, JSON_TYPES.includes(String(type))]).toEqual([at, true])
        const required = (schema.required as string[] | undefined) ?? []
        const properties = Object.keys((schema.properties as Json | undefined) ?? {})
        expect([at, required.filter((name) => !properties.includes(name))]).toEqual([at, []])
        if (schema.pattern !== undefined) expect(() => new RegExp(String(schema.pattern), 'u')).not.toThrow()
      }
    }
  })

  test('a command that takes a version may have it as a header, and says what happens without', () => {
    const revise = paths['/api/registry/revise-initiative']?.post as Json
    expect(revise.parameters).toContainEqual(expect.objectContaining({ name: 'If-Match', in: 'header' }))
    expect(Object.keys(revise.responses as Json)).toEqual(
      expect.arrayContaining(['401', '403', '404', '409', '412', '422', '428', '429']),
    )
    expect(resolve('#/paths')).toBe(description.paths)
  })
})
