import type { FormError } from '../../../components/index.ts'

/** The message of one field, to be repeated beside it. */
export function errorOf(errors: readonly FormError[], field: string): string | undefined {
  return errors.find((error) => error.field === field)?.message
}
