/** What every operation in the OpenAPI description shares: who calls, what can go wrong, what the headers say. English, as code is. */

const PLACE = {
  type: 'object',
  description: 'Where: the field, or the place in a file.',
  properties: {
    field: { type: 'string' },
    file: { type: 'string' },
    sheet: { type: 'string' },
    row: { type: 'integer' },
    column: { type: 'string' },
    line: { type: 'integer' },
  },
}

const PARAMS = { type: 'object', additionalProperties: { type: ['string', 'number'] } }

export const PROBLEM_SCHEMA = {
  type: 'object',
  description: 'RFC 9457, in the language of the caller.',
  required: ['type', 'title', 'status', 'detail'],
  properties: {
    type: { type: 'string', description: 'urn:sursur:problem:<code>, or about:blank for a fault of ours.' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string', description: 'Stable; for programs.' },
    params: PARAMS,
    place: PLACE,
    errors: {
      type: 'array',
      description: 'The single problems behind this one, such as each field.',
      items: {
        type: 'object',
        required: ['code', 'params', 'detail'],
        properties: { code: { type: 'string' }, params: PARAMS, place: PLACE, detail: { type: 'string' } },
      },
    },
    instance: { type: 'string', description: 'The request, as a URN.' },
    requestId: { type: 'string', description: 'The same as in X-Request-Id, the log and the audit trail.' },
    reference: { type: 'string', description: 'Of a fault, as it stands in the log.' },
  },
}

const MEANINGS: Readonly<Record<string, string>> = {
  401: 'Nobody said who calls, or the key does not work.',
  403: 'Refused: the permission, or the record, is not the caller’s.',
  404: 'There is no such record for this caller.',
  409: 'Somebody changed the record meanwhile, or its state does not allow it.',
  412: 'The record is no longer the version in If-Match.',
  422: 'The input is not accepted; each field is named.',
  428: 'Neither `version` nor If-Match says on which version the change builds.',
  429: 'Too many calls; Retry-After says when to go on.',
  default: 'Any other problem.',
}

const HEADERS_OF_STATUS: Readonly<Record<string, readonly string[]>> = {
  401: ['WWW-Authenticate'],
  429: ['Retry-After', 'RateLimit-Policy', 'RateLimit'],
}

export const PROBLEM_RESPONSES = Object.fromEntries(
  Object.entries(MEANINGS).map(([status, description]) => [
    status,
    {
      description,
      headers: Object.fromEntries(
        ['X-Request-Id', ...(HEADERS_OF_STATUS[status] ?? [])].map((name) => [name, { $ref: `#/components/headers/${name}` }]),
      ),
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    },
  ]),
)

const HEADER_TEXTS: Readonly<Record<string, string>> = {
  ETag: 'Over every byte of the answer; that of a record begins with its version.',
  Link: 'The next page, as rel="next".',
  'Idempotent-Replayed': 'true when this is the answer of an earlier call with the same key.',
  'X-Request-Id': 'The request, as the log and the audit trail know it.',
  'RateLimit-Policy': 'Calls that the key may make in an hour.',
  RateLimit: 'Calls that are left, and seconds until the hour is over.',
  'Retry-After': 'Seconds.',
  'WWW-Authenticate': 'How to say who calls.',
}

export const HEADERS = Object.fromEntries(
  Object.entries(HEADER_TEXTS).map(([name, description]) => [name, { description, schema: { type: 'string' } }]),
)

export const SECURITY_SCHEMES = {
  key: { type: 'http', scheme: 'bearer', description: 'An API key: it acts for its owner, with the permissions given to it.' },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: '__Host-sursur-session',
    description: 'Signed in with a browser, on pages of this installation only.',
  },
}
