import { expect, test } from 'vitest'
import { methodsOf } from './methods-of.ts'

test('an address says which methods it has', () => {
  const methodsAt = methodsOf([
    { method: 'GET', path: '/:lang/imports/:id' },
    { method: 'POST', path: '/:lang/imports/:id' },
    { method: 'POST', path: '/:lang/sample-data/load' },
    { method: 'GET', path: '/:lang/list.csv' },
  ])
  expect(methodsAt('/en/imports/1')).toEqual(['GET', 'HEAD', 'POST'])
  expect(methodsAt('/en/imports/1/')).toEqual(['GET', 'HEAD', 'POST'])
  expect(methodsAt('/en/sample-data/load')).toEqual(['POST'])
  expect(methodsAt('/en/listxcsv')).toEqual([])
  expect(methodsAt('/nowhere')).toEqual([])
})
