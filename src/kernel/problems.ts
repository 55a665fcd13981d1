/**
 * Problems: what can go wrong and what a person can do about it (style section 6).
 *
 * A problem has a stable code, parameters and a text in six languages under the key `<module>.problem.<name>`.
 * Everything that is not a Problem is a fault: logged with its cause and shown to the person as a reference number.
 */
export type ProblemKind = 'invalid' | 'refused' | 'missing' | 'conflict'

export interface ProblemDefinition {
  readonly kind: ProblemKind
  readonly params: readonly string[]
}

/** Where the problem is: a form field, or a place in a file. Rows count from 1, as the person sees them in the file. */
export interface ProblemPlace {
  readonly field?: string
  readonly file?: string
  readonly sheet?: string
  readonly row?: number
  readonly column?: string
  readonly line?: number
  /** Identifier of the activity or organisation in a file that holds many. */
  readonly activity?: string
  /** Path of the element or attribute within it: `transaction/value/@currency`. */
  readonly element?: string
}

export type ProblemParams = Readonly<Record<string, string | number>>

const registry = new Map<string, ProblemDefinition>()

/**
 * Declares the problems of one module; the full code is `<module>.<name>`.
 * Declaring a code twice is a mistake of ours and stops the program at once.
 */
export function defineProblems<T extends Record<string, ProblemDefinition>>(module: string, definitions: T): T {
  for (const [name, definition] of Object.entries(definitions)) {
    const code = `${module}.${name}`
    if (registry.has(code)) throw new Error(`Problem ${code} is declared twice`)
    registry.set(code, definition)
  }
  return definitions
}

export function problemDefinition(code: string): ProblemDefinition | undefined {
  return registry.get(code)
}

export function listProblemCodes(): string[] {
  return [...registry.keys()].sort()
}

/** One thing to say to a person: code, parameters, place. Collected when a file is read, thrown when one command fails. */
export interface ProblemReport {
  readonly code: string
  readonly params: ProblemParams
  readonly place?: ProblemPlace
  readonly level?: 'error' | 'warning'
}

export class Problem extends Error {
  readonly code: string
  readonly params: ProblemParams
  readonly place: ProblemPlace | undefined
  /** The single problems behind this one, for example each field of a form. */
  readonly details: readonly ProblemReport[]

  constructor(
    code: string,
    params: ProblemParams = {},
    options: { place?: ProblemPlace; details?: readonly ProblemReport[]; cause?: unknown } = {},
  ) {
    super(`${code} ${JSON.stringify(params)}`, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'Problem'
    this.code = code
    this.params = params
    this.place = options.place
    this.details = options.details ?? []
  }

  /** An undeclared code counts as `invalid`: the person still gets the code, and the test of declared codes fails. */
  get kind(): ProblemKind {
    return registry.get(this.code)?.kind ?? 'invalid'
  }
}
