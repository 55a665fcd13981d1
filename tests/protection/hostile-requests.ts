/** Requests as somebody makes them who wants to see the program fall: hostile values wherever a value can stand. */
import fc from 'fast-check'
import type { HttpServerOptions } from '../../src/app/http-server.ts'
import type { Addresses } from './addresses.ts'
import { HOSTILE_TEXTS, UNSTORABLE_TEXTS } from './hostile-texts.ts'
import { FROM_OUR_PAGE, HOST } from './open-site.ts'

export interface HostileRequest {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly payload?: string
}

type Route = HttpServerOptions['routes'][number]

/** A JSON schema, as far as it matters here. */
export interface Schema {
  readonly type?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Schema[]
  readonly additionalProperties?: Schema | boolean
}

const hostileText = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...HOSTILE_TEXTS) },
  { weight: 1, arbitrary: fc.constantFrom(...UNSTORABLE_TEXTS) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('', ' ', '0', '-1', '1', '2014', '99999999999999999999', '1e308', '-0', '0x10', '2014-02-30'),
  },
  { weight: 1, arbitrary: fc.integer().map(String) },
)

const hostileValue = fc.oneof(
  { weight: 3, arbitrary: hostileText as fc.Arbitrary<unknown> },
  { weight: 1, arbitrary: fc.constantFrom<unknown>(null, true, 0, -1, 1.5, 1e308, [], {}, [[]], [null], { a: { b: [] } }) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<unknown> },
)

/** Mostly what the operation asks for, with something hostile here and there. */
function inputOf(schema: Schema | boolean | undefined, depth: number): fc.Arbitrary<unknown> {
  if (schema === undefined || typeof schema === 'boolean' || depth === 0) return hostileValue
  return fc.oneof({ weight: 5, arbitrary: nearlyRight(schema, depth) }, { weight: 1, arbitrary: hostileValue })
}

function nearlyRight(schema: Schema, depth: number): fc.Arbitrary<unknown> {
  if (schema.enum !== undefined && schema.enum.length > 0) return fc.constantFrom(...schema.enum)
  if (schema.anyOf !== undefined && schema.anyOf.length > 0)
    return fc.oneof(...schema.anyOf.map((one) => inputOf(one, depth - 1)))
  if (schema.type === 'object' && schema.properties !== undefined) {
    const fields = Object.entries(schema.properties).map(([name, field]) => [name, inputOf(field, depth - 1)] as const)
    return fc.record(Object.fromEntries(fields), { requiredKeys: [] })
  }
  if (schema.type === 'object') return fc.dictionary(hostileText, inputOf(schema.additionalProperties, depth - 1), { maxKeys: 3 })
  if (schema.type === 'array') return fc.array(inputOf(schema.items, depth - 1), { maxLength: 3 })
  if (schema.type === 'integer' || schema.type === 'number') return fc.oneof(fc.integer(), fc.double(), fc.constantFrom(0, 1, 50))
  if (schema.type === 'boolean') return fc.boolean()
  return hostileText
}

export function hostileRequest(
  routes: readonly Route[],
  { params, names }: Addresses,
  schemaOf: (route: Route) => Schema | undefined,
): fc.Arbitrary<HostileRequest> {
  const name = fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...names) }, { weight: 1, arbitrary: hostileText })
  const known = fc.constantFrom(...new Set(Object.values(params).flat()))
  const value = fc.oneof({ weight: 3, arbitrary: hostileText }, { weight: 1, arbitrary: known })
  const pairs = (maxLength: number) => fc.array(fc.tuple(name, value), { maxLength })
  const part = (of: string) => {
    const real = params[of] ?? []
    if (real.length === 0) return hostileText
    return fc.oneof(
      { weight: of === 'lang' ? 20 : 2, arbitrary: fc.constantFrom(...real) },
      { weight: 1, arbitrary: hostileText },
    )
  }
  return fc.constantFrom(...routes).chain((route) => {
    const parts = route.path.split('/').map((one) => (one.startsWith(':') ? part(one.slice(1)).map(encoded) : fc.constant(one)))
    return fc
      .record({
        method: fc.constant(route.method),
        url: fc
          .tuple(
            fc.tuple(...parts),
            pairs(4),
            fc.oneof({ weight: 9, arbitrary: fc.constant('') }, { weight: 1, arbitrary: rawTail }),
          )
          .map(([path, query, tail]) => `${path.join('/') || '/'}${query.length > 0 ? `?${queryText(query)}` : ''}${tail}`),
        headers: headersOf(),
        ...(route.method === 'POST' ? { payload: bodyOf(route, schemaOf(route), pairs(25)) } : {}),
      })
      .map(({ payload, ...request }) => withBody(request, payload))
  })
}

const rawTail = fc.constantFrom(
  '%',
  '%00',
  '%c0%af',
  '/..%2f..',
  ';a=b',
  '/%2e%2e/',
  '?%zz=%',
  '\\',
  '/./',
  '//',
  '?a[b]=c',
  '%ff%fe',
)

function headersOf(): fc.Arbitrary<Record<string, string>> {
  const ascii = hostileText.map((text) => text.replace(/[^\x20-\x7e]/g, '').slice(0, 300))
  // With these most requests end at the door, so they are rare.
  const turnedAway = fc.record(
    {
      authorization: fc.oneof(
        ascii,
        ascii.map((text) => `Bearer ${text}`),
      ),
      'x-forwarded-for': ascii,
      'x-forwarded-host': ascii,
    },
    { requiredKeys: [] },
  )
  return fc
    .record(
      {
        host: fc.oneof({ weight: 30, arbitrary: fc.constant(HOST) }, { weight: 1, arbitrary: ascii }),
        'accept-language': fc.oneof(fc.constantFrom('ar', 'ru;q=0.5, *', ';;;,,,q=', 'en-GB'), ascii),
        cookie: fc.oneof(
          ascii,
          fc.constantFrom('sursur-token=x', 'sursur-session=x', '__Host-sursur-session=%', 'a=b;;;=', '__proto__=x'),
        ),
        accept: ascii,
        'if-none-match': ascii,
        'if-match': ascii,
        'idempotency-key': ascii,
        'accept-encoding': fc.oneof(fc.constant('gzip'), ascii),
      },
      { requiredKeys: ['host'] },
    )
    .chain((headers) =>
      fc
        .oneof({ weight: 8, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: turnedAway })
        .map((more) => ({ ...headers, ...more }) as Record<string, string>),
    )
}

interface Body {
  readonly type: string
  readonly text: string
}

function bodyOf(route: Route, schema: Schema | undefined, form: fc.Arbitrary<[string, string][]>): fc.Arbitrary<Body> {
  const json = inputOf(schema, 6).map((value) => ({ type: 'application/json', text: JSON.stringify(value) ?? '' }))
  const fields = form.map((pairs) => ({ type: 'application/x-www-form-urlencoded', text: queryText(pairs) }))
  const parts = fc.tuple(hostileText, hostileText, hostileText).map(([name, file, content]) => ({
    type: 'multipart/form-data; boundary=x',
    text: `--x\r\ncontent-disposition: form-data; name="${name}"; filename="${file}"\r\n\r\n${content}\r\n--x--\r\n`,
  }))
  const broken = fc
    .tuple(fc.constantFrom('application/json', 'text/plain', 'multipart/form-data', 'application/xml', 'x'), hostileText)
    .map(([type, text]) => ({ type, text }))
  const usual = route.path.startsWith('/api/') ? json : fields
  return fc.oneof(
    { weight: 12, arbitrary: usual },
    { weight: 2, arbitrary: parts },
    { weight: 1, arbitrary: json },
    { weight: 1, arbitrary: broken },
  )
}

function withBody(request: Omit<HostileRequest, 'payload'>, body: Body | undefined): HostileRequest {
  if (body === undefined) return request
  return { ...request, headers: { ...FROM_OUR_PAGE, ...request.headers, 'content-type': body.type }, payload: body.text }
}

function queryText(pairs: readonly (readonly [string, string])[]): string {
  return pairs.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&')
}

function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed())
}
