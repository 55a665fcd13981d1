/** The input of an operation as it came: JSON in one parameter, plain parameters, or the JSON body. The runner checks it. */
import type { z } from 'zod'
import type { HttpRequest } from '../kernel/http.ts'
import { Problem } from '../kernel/problems.ts'
import { requireReadableJson } from '../kernel/readable-input.ts'
import type { Operation } from '../operations/index.ts'

export function inputOfQuery(request: HttpRequest, operation: Pick<Operation, 'input'>): unknown {
  const whole = request.query.get('input')
  if (whole === null) {
    const names = [...new Set(request.query.keys())]
    return Object.fromEntries(names.map((name) => [name, plainField(request.query.getAll(name), fieldOf(operation, name))]))
  }
  const input = parsed(whole)
  requireReadableJson(input)
  return input
}

export function inputOfBody(request: HttpRequest): Record<string, unknown> {
  if (typeof request.json !== 'object' || request.json === null || Array.isArray(request.json)) {
    throw new Problem('api.body-not-json', { accepted: 'application/json' })
  }
  return request.json as Record<string, unknown>
}

/** The schema of one field of the input; names come from outside. */
export function fieldOf(operation: Pick<Operation, 'input'>, name: string): z.ZodType | undefined {
  const fields = 'shape' in operation.input ? (operation.input.shape as Record<string, z.ZodType>) : {}
  return Object.hasOwn(fields, name) ? fields[name] : undefined
}

function parsed(whole: string): unknown {
  try {
    return JSON.parse(whole)
  } catch (cause) {
    throw new Problem('api.input-not-json', { found: whole.slice(0, 80) }, { cause })
  }
}

/** A parameter that may be repeated gives a list; of another that was repeated the last counts. */
function plainField(texts: readonly string[], field: z.ZodType | undefined): unknown {
  if (field?.safeParse(texts).success) return texts
  return plainValue(texts.at(-1) ?? '', field)
}

/** The text itself where the field accepts it; otherwise the number or the boolean that it plainly is. */
function plainValue(value: string, field: z.ZodType | undefined): unknown {
  if (field === undefined || field.safeParse(value).success) return value
  if (/^-?\d{1,15}$/.test(value)) return Number(value)
  return value === 'true' ? true : value === 'false' ? false : value
}
