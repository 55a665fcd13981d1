/** The policy as the runner of operations asks it. */
import type { Policy } from '../../../operations/index.ts'
import { checkFourEyes } from './check-four-eyes.ts'
import { permits } from './permits.ts'
import { sightOf } from './sight.ts'

export const policy: Policy = { permits, sightOf, check: checkFourEyes }
