import { expect, test } from 'vitest'
import { checkRoot } from './check-root.ts'

function told(version: string | undefined, attributes: Record<string, string> = {}): string[] {
  return checkRoot({ root: 'iati-activities', version, namespaces: {}, attributes }).map(
    ({ level, code, params, place }) => `${level} ${code} ${place?.element} ${Object.values(params).join(' ')}`,
  )
}

test('a file states its version and when it was made', () => {
  expect(told(undefined)).toEqual(['error iati.attribute-missing iati-activities version'])
  expect(told('2.04')).toEqual(['warning iati.code-unknown iati-activities/@version 2.04 Version'])
  expect(told('2.03', { 'generated-datetime': '2011-06-01' })).toEqual([
    'error iati.value-of-wrong-kind iati-activities/@generated-datetime 2011-06-01 dateTime',
  ])
  expect(told('1.05', { 'generated-datetime': '2011-06-01T10:00:00' })).toEqual([])
})
