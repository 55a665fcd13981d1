/**
 * The operations as the description of the API (OpenAPI 3.1) names them. The pages read the description and nothing else, so that
 * a person and a program are told the same.
 */
export interface DescribedField {
  readonly name: string
  readonly isRequired: boolean
  readonly type: FieldType
}

export interface FieldType {
  readonly kind: 'text' | 'number' | 'whole' | 'boolean' | 'list' | 'object' | 'codes' | 'any'
  /** Of `codes`. */
  readonly codes?: readonly string[]
  /** Of `list`. */
  readonly items?: FieldType
  readonly least?: number
  readonly most?: number
  readonly standard?: string
}

export interface DescribedOperation {
  /** `registry.list-listings`. */
  readonly name: string
  readonly room: string
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly permissions: readonly string[]
  readonly isForStrangers: boolean
  readonly fields: readonly DescribedField[]
  readonly schema: Schema
  readonly example: Readonly<Record<string, unknown>> | undefined
  readonly isVersioned: boolean
}

export interface ApiDescription {
  readonly paths?: Readonly<Record<string, Readonly<Record<string, OperationObject>>>>
}

interface OperationObject {
  readonly operationId: string
  readonly 'x-permission': readonly string[]
  readonly 'x-input': Schema
  readonly 'x-example'?: Readonly<Record<string, unknown>>
  readonly security: readonly Readonly<Record<string, unknown>>[]
  readonly responses: Readonly<Record<string, unknown>>
}

export interface Schema {
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Schema[]
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly minimum?: number
  readonly maximum?: number
  readonly default?: unknown
}

export function describedOperations(description: ApiDescription): DescribedOperation[] {
  return Object.entries(description.paths ?? {})
    .filter(([path]) => path.startsWith('/api/'))
    .flatMap(([path, item]) => Object.entries(item).map(([method, operation]) => described(path, method, operation)))
    .filter(({ name, path }) => path === `/api/${name.replace('.', '/')}`)
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

function described(path: string, method: string, operation: OperationObject): DescribedOperation {
  const schema = operation['x-input']
  const required = new Set(schema.required ?? [])
  return {
    name: operation.operationId,
    room: operation.operationId.split('.')[0] ?? '',
    method: method === 'get' ? 'GET' : 'POST',
    path,
    permissions: operation['x-permission'],
    isForStrangers: operation.security.some((way) => Object.keys(way).length === 0),
    fields: Object.entries(schema.properties ?? {}).map(([name, field]) => ({
      name,
      isRequired: required.has(name),
      type: typeOf(field),
    })),
    schema,
    example: operation['x-example'],
    isVersioned: '428' in operation.responses,
  }
}

function typeOf(schema: Schema): FieldType {
  const standard = schema.default === undefined ? {} : { standard: JSON.stringify(schema.default) }
  // "Or null" says only that the field may be emptied.
  const one = schema.anyOf?.filter(({ type }) => type !== 'null') ?? []
  if (schema.anyOf) return { ...(one.length === 1 && one[0] ? typeOf(one[0]) : { kind: 'any' }), ...standard }
  if (schema.enum) return { kind: 'codes', codes: schema.enum.map(String), ...standard }
  if (schema.type === 'array') return { kind: 'list', items: typeOf(schema.items ?? {}), ...standard }
  const types = [schema.type].flat().filter((type) => type !== 'null')
  return { kind: (types.length === 1 && KINDS[String(types[0])]) || 'any', ...rangeOf(schema), ...standard }
}

const KINDS: Readonly<Record<string, FieldType['kind']>> = {
  string: 'text',
  integer: 'whole',
  number: 'number',
  boolean: 'boolean',
  object: 'object',
}

/** Without a limit of its own a whole number has those of the machine, which say nothing. */
function rangeOf({ minimum, maximum }: Schema): Pick<FieldType, 'least' | 'most'> {
  return {
    ...(minimum === undefined || minimum === Number.MIN_SAFE_INTEGER ? {} : { least: minimum }),
    ...(maximum === undefined || maximum === Number.MAX_SAFE_INTEGER ? {} : { most: maximum }),
  }
}
