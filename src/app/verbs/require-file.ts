/** A file that was named on the command line and must be there. */
import { existsSync } from 'node:fs'
import { Problem } from '../../kernel/problems.ts'

/** Errors: Problem `cli.file-missing`. */
export function requireFile(file: string): string {
  if (!existsSync(file)) throw new Problem('cli.file-missing', { file })
  return file
}
