import { describe, expect, test } from 'vitest'
import { isCollectionKey } from '../../modules/registry/index.ts'
import { suggestCollectionKey } from './collection-key.ts'

describe('The key of a collection', () => {
  test('is made from the name of the file', () => {
    expect(suggestCollectionKey('Projets 2024 (final).xlsx')).toBe('projets-2024-final')
    expect(suggestCollectionKey('Liste générale.csv.gz')).toBe('liste-generale')
  })

  test('is "imported" where the name has no Latin letter', () => {
    expect(suggestCollectionKey('项目清单.xlsx')).toBe('imported')
    expect(suggestCollectionKey('قائمة.csv')).toBe('imported')
  })

  test('is never longer than accepted and never begins or ends with a hyphen', () => {
    const key = suggestCollectionKey(`${'a'.repeat(63)} b.csv`)
    expect(isCollectionKey(key)).toBe(true)
    expect(key.endsWith('-')).toBe(false)
    expect(isCollectionKey('Not A Key')).toBe(false)
  })
})
