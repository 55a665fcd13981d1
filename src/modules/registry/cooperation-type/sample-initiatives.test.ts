import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findKnownOrganisation } from '../../../codes/index.ts'
import { OFFICIAL_LANGUAGES } from '../../../kernel/languages.ts'
import { PACKAGE_ROOT } from '../../../kernel/package-root.ts'
import { parsePeriod } from '../../../kernel/period.ts'

interface ShippedInitiative {
  readonly key: string
  readonly paragraph: string
  readonly facts: {
    readonly title: { readonly texts: Readonly<Record<string, string>> }
    readonly actualPeriod?: { readonly start: string }
    readonly hosts: readonly string[]
    readonly partners: readonly {
      readonly no: string
      readonly org?: string
      readonly iso3?: string
      readonly unnamed?: boolean
    }[]
    readonly contributions: readonly { readonly giver: string; readonly taker?: string; readonly flowGroup: string }[]
  }
}

const { initiatives }: { initiatives: ShippedInitiative[] } = JSON.parse(
  readFileSync(join(PACKAGE_ROOT, 'sample-data', 'initiatives-2015-report.json'), 'utf8'),
)

test.each(initiatives)(
  '$key (¶$paragraph) has a title in six languages, known organisations and no invented fact',
  ({ facts }) => {
    expect(Object.keys(facts.title.texts).sort()).toEqual([...OFFICIAL_LANGUAGES].sort())
    for (const { org, iso3, unnamed } of facts.partners) {
      if (org !== undefined) expect(findKnownOrganisation(org), org).toBeDefined()
      // A party is an organisation, a country, or stated as unnamed.
      expect(org !== undefined || iso3 !== undefined || unnamed === true).toBe(true)
    }
    if (facts.actualPeriod) expect(parsePeriod(facts.actualPeriod)?.start).toMatch(/^\d{4}$/)
    expect(facts.hosts).toEqual([])
  },
)

test('contributions name partners of the initiative and are described, not counted (group C, ruling 16)', () => {
  for (const { facts } of initiatives) {
    const numbers = facts.partners.map(({ no }) => no)
    for (const { giver, taker, flowGroup } of facts.contributions) {
      expect(numbers).toContain(giver)
      if (taker !== undefined) expect(numbers).toContain(taker)
      expect(giver).not.toBe(taker)
      expect(flowGroup).toBe('C')
    }
  }
})
