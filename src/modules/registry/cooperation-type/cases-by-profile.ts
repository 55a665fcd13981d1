/**
 * The settled cases under every profile, as the page `docs/reference/cooperation-type-cases.md`.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isSouth } from '../../../codes/index.ts'
import { PACKAGE_ROOT } from '../../../kernel/package-root.ts'
import type { CooperationFacts } from './cooperation-facts.ts'
import { COOPERATION_PROFILES } from './cooperation-profiles.ts'
import { cooperationTypeOf } from './cooperation-type.ts'
import { DECISION_CASES } from './decision-cases.ts'
import { cooperationFactsOf, type StatedInitiative } from './facts-of-initiative.ts'
import type { CooperationLookups } from './read-partners.ts'

// Year of the report: where it gives no date, membership is read for the year that it describes.
const YEAR_DESCRIBED = '2014'

export const REPORT_LOOKUPS: CooperationLookups = {
  isSouth: (iso3, date, profile) => isSouth(iso3, date ?? YEAR_DESCRIBED, profile),
}

export interface NamedFacts {
  readonly key: string
  readonly name: string
  readonly facts: CooperationFacts
}

/** The fifteen initiatives of the 2015 report, S01 to S15. */
export function readSampleInitiatives(): NamedFacts[] {
  const file = join(PACKAGE_ROOT, 'sample-data', 'initiatives-2015-report.json')
  const { initiatives }: { initiatives: { key: string; facts: StatedInitiative & { title: { texts: { en: string } } } }[] } =
    JSON.parse(readFileSync(file, 'utf8'))
  return initiatives.map(({ key, facts }) => ({ key, name: facts.title.texts.en, facts: cooperationFactsOf(facts) }))
}

/** The whole page in Markdown; a test fails when the file differs. */
export function casesByProfile(): string {
  const cases: NamedFacts[] = [
    ...readSampleInitiatives(),
    ...DECISION_CASES.map(({ name, facts }, index) => ({ key: `C${String(index + 1).padStart(2, '0')}`, name, facts })),
  ]
  const rows = cases.map(({ key, name, facts }) => [
    key,
    name,
    ...COOPERATION_PROFILES.map((profile) => {
      const { type, step } = cooperationTypeOf(facts, profile, REPORT_LOOKUPS)
      return `${type} (${step})`
    }),
  ])
  const columns = ['Case', 'What took place', ...COOPERATION_PROFILES.map(({ key }) => key)]
  return [
    '# Cases of the decision rule',
    '',
    'What the rule says about each settled case under each profile; in brackets the step that decides. The steps are in',
    '[decision 0003](../decisions/0003-decision-rule.md). S01 to S15 are the initiatives named in the report of 2015, C01 and',
    'following are constructed. Membership of country groups is read on the start date, or in 2014 where none is stated.',
    '',
    'This page is generated from the rule; a test fails when it is stale.',
    '',
    ...[columns, columns.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`),
    '',
  ].join('\n')
}
