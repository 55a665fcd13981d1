import type { CliCall, OpenProgram } from './command.ts'

/** Opens the program for one verb and closes it whatever happens: the embedded engine must always be closed. */
export async function withProgram(call: CliCall, work: (program: OpenProgram) => Promise<number>): Promise<number> {
  const program = await call.program.open()
  try {
    return await work(program)
  } finally {
    await program.close()
  }
}
