import { expect, test } from 'vitest'
import { type Datatype, isOfType } from './datatypes.ts'

test.each<[Datatype, string]>([
  ['date', '2014-02-30'],
  ['date', '2014-2-3'],
  ['date', '0000-01-01'],
  ['date', '2014-01-01T00:00:00'],
  ['date', '2014-01-01+15:00'],
  ['dateTime', '2014-01-01'],
  ['dateTime', '2014-01-01T25:00:00'],
  ['dateTime', '2014-01-01 10:00:00'],
  ['decimal', '1,000'],
  ['decimal', '1e3'],
  ['decimal', ''],
  ['boolean', 'yes'],
  ['int', '2147483648'],
  ['natural', '-1'],
  ['positive', '0'],
  ['uri', 'http://a b'],
  ['uri', 'http://a/%zz'],
  ['uri', 'http://a/#b#c'],
  ['uri', 'http://host:port/'],
  ['language', 'en_GB'],
  ['token', 'a b'],
])('%s refuses %j', (type, text) => {
  expect(isOfType(text, type)).toBe(false)
})

test.each<[Datatype, string]>([
  ['date', '2016-02-29'],
  ['date', ' 2014-01-01Z '],
  ['date', '2014-01-01-14:00'],
  ['dateTime', '2014-01-01T24:00:00'],
  ['dateTime', '2025-10-09T22:23:57.5230000+02:00'],
  ['decimal', '-.5'],
  ['decimal', '+5.'],
  ['boolean', '1'],
  ['int', '-2147483647'],
  ['natural', '0'],
  ['uri', 'https://example.org/ä?q={x}#y'],
  ['uri', 'urn:sursur:tags:1'],
  ['uri', ''],
  ['language', 'zh-Hans'],
  ['language', ''],
])('%s accepts %j', (type, text) => {
  expect(isOfType(text, type)).toBe(true)
})
