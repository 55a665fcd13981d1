/** What the root of a published file says about itself. */
import { isCode } from '../../../codes/index.ts'
import type { ProblemReport } from '../../../kernel/problems.ts'
import type { FileContext } from '../element.ts'
import { shown } from './check-run.ts'
import { isValueOf } from './quick-types.ts'
import './problems.ts'

/** Once for each file. The version of a file that states none, or an unknown one, is judged by its activities. */
export function checkRoot({ root, version, attributes }: FileContext): ProblemReport[] {
  const reports: ProblemReport[] = []
  if (version === undefined) {
    reports.push({ code: 'iati.attribute-missing', params: { missing: 'version' }, level: 'error', place: { element: root } })
  } else if (!isCode('iati.Version', version)) {
    const place = { element: `${root}/@version` }
    reports.push({ code: 'iati.code-unknown', params: { found: shown(version), list: 'Version' }, level: 'warning', place })
  }
  const generated = attributes['generated-datetime']
  if (generated !== undefined && !isValueOf(generated, 'dateTime')) {
    const place = { element: `${root}/@generated-datetime` }
    const params = { found: shown(generated), accepted: 'dateTime' }
    reports.push({ code: 'iati.value-of-wrong-kind', params, level: 'error', place })
  }
  return reports
}
