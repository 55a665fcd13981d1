/** Every problem has a text in every language, which uses no parameter that the problem does not have. */
import { expect, test } from 'vitest'
import { listLanguages } from '../../i18n/languages.ts'
import { translatorFor } from '../../i18n/translator.ts'
import { FIELD_KEYS, fieldDefinition } from './fields.ts'
import { problems } from './problems.ts'

test.each(listLanguages())('texts in %s', (lang) => {
  const t = translatorFor(lang)
  for (const [name, { params }] of Object.entries(problems)) {
    const numbers = new Set([
      'count',
      'limit',
      'limitMb',
      'sizeMb',
      'ratio',
      'length',
      'expected',
      'sum',
      'factor',
      'from',
      'to',
      'firstRow',
    ])
    const given = Object.fromEntries(params.map((param) => [param, numbers.has(param) ? 7 : 'x']))
    expect(t(`tables.problem.${name}`, given)).not.toMatch(/[{}⟦]/)
  }
  for (const field of FIELD_KEYS) {
    expect(t(`tables.field.${field}`)).not.toContain('⟦')
    if (field !== 'kept') expect(t(`tables.hint.${fieldDefinition(field).form}`)).not.toContain('⟦')
  }
})
