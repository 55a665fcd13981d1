/** A verb of the command line: what it takes, what it does. The table of verbs is also the reference page. */
import type { FetchSettings } from '../jobs/imports/addresses/fetch-published-file.ts'
import type { ReleaseDesk } from '../jobs/releases/release-desk.ts'
import { Problem } from '../kernel/problems.ts'
import type { Operations } from '../operations/index.ts'

export interface CliOption {
  /** `--name VALUE`, or `--name` for a switch. */
  readonly name: string
  readonly value?: string
  /** English: made into docs/reference/commands.md and shown by `--help`. */
  readonly meaning: string
}

export interface CliVerb {
  /** `import`, `report check`, ... */
  readonly name: string
  readonly takes: string
  readonly meaning: string
  readonly options: readonly CliOption[]
  /** One of the operations of the API, which the general help names together. */
  readonly isOperation?: boolean
  run(call: CliCall): Promise<number>
}

export interface CliCall {
  readonly words: readonly string[]
  option(name: string): string | undefined
  flag(name: string): boolean
  /** One JSON object or JSON lines on standard output when `--json` is given; nothing else goes there. */
  readonly json: boolean
  print(line: string): void
  say(line: string): void
  readonly lang: string
  readonly program: CliProgram
}

/** What the app hands to the command line. Opening is lazy: `--help` opens nothing. */
export interface CliProgram {
  open(): Promise<OpenProgram>
}

export interface OpenProgram {
  readonly operations: Operations
  /** Where received files are kept. */
  readonly filesFolder: string
  /** How files are fetched from addresses. */
  readonly fetching: FetchSettings
  /** The key of this instance, and what writes signed packages. */
  readonly releases: ReleaseDesk
  close(): Promise<void>
}

/** The word at this place after the verb; a Problem that says what would be accepted when it is not there. */
export function requireWord(call: Pick<CliCall, 'words'>, index: number, accepted: string): string {
  const word = call.words[index]
  if (word === undefined) throw new Problem('cli.word-missing', { accepted })
  return word
}
