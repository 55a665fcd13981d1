import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { translatorFor } from '../../../i18n/translator.ts'
import { OFFICIAL_LANGUAGES } from '../../../kernel/languages.ts'
import { REPORT_LOOKUPS, readSampleInitiatives } from './cases-by-profile.ts'
import { COOPERATION_TYPES, type CooperationNote } from './cooperation-facts.ts'
import { COOPERATION_PROFILES } from './cooperation-profiles.ts'
import { cooperationTypeOf } from './cooperation-type.ts'
import { DECISION_CASES } from './decision-cases.ts'

const SOURCES = ['cooperation-type.ts', 'decide.ts']
  .map((file) => readFileSync(join(import.meta.dirname, file), 'utf8'))
  .join('\n')

/** Every code in quotes that looks like one of a note. */
const CODES_IN_SOURCE = new Set([...SOURCES.matchAll(/'((?:step-\d|[a-z]+)(?:-[a-z]+)+)'/g)].map(([, code = '']) => code))

const fill = ({ params }: CooperationNote) =>
  Object.fromEntries(Object.entries(params).map(([name, value]) => [name, typeof value === 'object' ? value.join(', ') : value]))

test.each(OFFICIAL_LANGUAGES)('every label, explanation and missing fact has its text in %s', (lang) => {
  const t = translatorFor(lang)
  for (const type of COOPERATION_TYPES) {
    expect(t(`cooperation.type.${type}`)).not.toContain('⟦')
    expect(t(`cooperation.type-meaning.${type}`)).not.toContain('⟦')
  }
  for (const { key } of COOPERATION_PROFILES) expect(t(`cooperation.profile.${key}`)).not.toContain('⟦')
  for (const { facts } of [...readSampleInitiatives(), ...DECISION_CASES]) {
    for (const profile of COOPERATION_PROFILES) {
      const { explanation, missing } = cooperationTypeOf(facts, profile, REPORT_LOOKUPS)
      for (const note of explanation) expect(t(`cooperation.explanation.${note.code}`, fill(note))).not.toMatch(/[⟦{]/)
      for (const note of missing) expect(t(`cooperation.missing.${note.code}`, fill(note))).not.toMatch(/[⟦{]/)
    }
  }
  expect(t.missing()).toEqual([])
})

test('codes that no shipped case meets have a text too', () => {
  const t = translatorFor('en')
  const untold = [...CODES_IN_SOURCE].filter(
    (code) => !t.has(`cooperation.explanation.${code}`) && !t.has(`cooperation.missing.${code}`),
  )
  expect(untold).toEqual([])
})
