/**
 * docs/reference/api.md: every operation of the HTTP API with its address, permission and input, from the schemas that check the input.
 */
import { z } from 'zod'
import { loadBuilt } from './built-program.mjs'
import { markdownTable, page } from './markdown.mjs'

const INTRO = `Each operation has one address. A query is a GET: its input is JSON in the parameter \`input\`, or, where it is flat, one parameter a
field (\`?year=2014\`). A command is a POST with a JSON body; it changes something in one transaction, together with its audit event.
How to call, with calls to copy, is in [the guide](../guides/use-the-api.md); the machine-readable description is at \`/api/openapi.json\`
(OpenAPI 3.1), and the page \`/en/api\` of an installation shows the same.

An API key goes as \`Authorization: Bearer sursur_…\`. A command may carry an \`Idempotency-Key\`; one that takes \`version\` may have it as
\`If-Match\`. Lists answer with \`next\` and a \`Link\` header; answers to queries carry an \`ETag\`.

What goes wrong is answered as \`application/problem+json\` with a stable \`code\`: 401 nobody said who calls, 403 refused, 404 missing, 409 conflict,
412 another version, 422 not accepted, 428 version not stated, 429 too many calls.`

export async function generateApi() {
  const api = await loadBuilt('app/public-operations.js')
  const paths = await loadBuilt('api/path-of-operation.js')
  if (!api || !paths) return undefined
  const sections = api.PUBLIC_OPERATIONS.toSorted((a, b) => (a.name < b.name ? -1 : 1)).map((operation) =>
    [
      `## ${operation.kind === 'query' ? 'GET' : 'POST'} ${paths.pathOfOperation(operation)}`,
      `Operation \`${operation.name}\`, permission ${permissionsOf(operation)}.${alsoAt(paths.SHORT_PATHS[operation.name])}`,
      ...inputTable(operation.input),
    ].join('\n\n'),
  )
  return page('API', INTRO, sections)
}

function permissionsOf({ permission }) {
  const names = typeof permission === 'string' ? [permission] : permission.oneOf
  return names.map((name) => `\`${name}\``).join(' or ')
}

function alsoAt(shortPaths = []) {
  return shortPaths.map((path) => ` Also at \`${path}\`.`).join('')
}

function inputTable(input) {
  const schema = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' })
  const fields = Object.entries(schema.properties ?? {})
  if (fields.length === 0) return ['No input.']
  const required = new Set(schema.required ?? [])
  const rows = fields.map(([name, field]) => [
    `\`${name}\``,
    typeOf(field, schema.$defs ?? {}),
    required.has(name) ? 'yes' : '',
    field.description,
  ])
  return [markdownTable(['field', 'value', 'required', 'what it says'], rows)]
}

/** Short for a person: `text`, `one of a, b`, `list of object`. The exact schema is in the code. */
function typeOf(field, definitions) {
  if (field.$ref) return typeOf(definitions[field.$ref.split('/').at(-1)] ?? {}, definitions)
  if (field.const !== undefined) return `\`${field.const}\``
  if (field.enum) return `one of ${field.enum.map((value) => `\`${value}\``).join(', ')}`
  if (field.anyOf) return field.anyOf.map((one) => typeOf(one, definitions)).join(' or ')
  if (field.type === 'array') return `list of ${typeOf(field.items ?? {}, definitions)}`
  // Without a limit of its own, zod gives a whole number the largest that the machine can count to.
  const highest = field.maximum === Number.MAX_SAFE_INTEGER ? undefined : field.maximum
  const range = [field.minimum === undefined ? '' : `from ${field.minimum}`, highest === undefined ? '' : `to ${highest}`]
    .join(' ')
    .trim()
  const standard = field.default === undefined ? '' : `, default \`${JSON.stringify(field.default)}\``
  const names = {
    string: 'text',
    integer: 'whole number',
    number: 'number',
    boolean: 'yes or no',
    object: 'object',
    null: 'nothing',
  }
  return `${names[field.type] ?? 'anything'}${range ? ` ${range}` : ''}${standard}`
}
