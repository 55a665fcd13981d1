/**
 * The folder of the installed package, from which shipped files (locales, migrations, code lists, sample data) are read.
 * `src/kernel` and `dist/kernel` lie equally deep, so the same step up serves tests and the built program.
 */
import { fileURLToPath } from 'node:url'

export const PACKAGE_ROOT = fileURLToPath(new URL('../../', import.meta.url))
