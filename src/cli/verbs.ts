/** The verbs that work with the data; those about running an installation live in `app`. */
import type { CliVerb } from './command.ts'
import { exportVerb } from './verbs/export.ts'
import { figuresVerb } from './verbs/figures.ts'
import { importVerb } from './verbs/import.ts'
import { linkVerbs } from './verbs/links.ts'
import { releaseVerbs } from './verbs/release.ts'
import { reportVerbs } from './verbs/report.ts'
import { sampleVerbs } from './verbs/sample.ts'
import { snapshotVerbs } from './verbs/snapshot.ts'

export const cliVerbs: readonly CliVerb[] = [
  importVerb,
  exportVerb,
  ...sampleVerbs,
  ...snapshotVerbs,
  ...linkVerbs,
  figuresVerb,
  ...reportVerbs,
  ...releaseVerbs,
]
