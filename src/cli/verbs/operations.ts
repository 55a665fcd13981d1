/** `sursur <module> <command>`: any operation, with its input as a JSON file or on standard input. */
import { readFileSync } from 'node:fs'
import { Problem } from '../../kernel/problems.ts'
import { LOCAL_ADMINISTRATOR, type Operation, permissionsOf } from '../../operations/index.ts'
import type { CliCall, CliVerb } from '../command.ts'
import { withProgram } from '../with-program.ts'

export function operationVerbs(publicOperations: readonly Operation[]): CliVerb[] {
  return publicOperations.map((operation) => ({
    name: operation.name.replace('.', ' '),
    isOperation: true,
    takes: '[--input FILE]',
    meaning: `Runs the operation ${operation.name}; its input is described at /api/openapi.json. Needs ${permissionsOf(operation).join(', ')}.`,
    options: [
      {
        name: 'input',
        value: 'FILE',
        meaning: 'JSON file with the input; - reads standard input; without it the input is empty.',
      },
    ],
    run: (call) => runOperation(call, operation),
  }))
}

async function runOperation(call: CliCall, operation: Operation): Promise<number> {
  const input = readInput(call.option('input'))
  return withProgram(call, async ({ operations }) => {
    const output = await operations.run(operation, input, LOCAL_ADMINISTRATOR)
    call.print(JSON.stringify(output ?? null, null, call.json ? 0 : 2))
    return 0
  })
}

function readInput(file: string | undefined): unknown {
  if (file === undefined) return {}
  const text = readText(file)
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new Problem('cli.json-not-readable', { file, found: cause instanceof Error ? cause.message : '' }, { cause })
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8')
  } catch (cause) {
    throw new Problem('cli.file-missing', { file }, { cause })
  }
}
