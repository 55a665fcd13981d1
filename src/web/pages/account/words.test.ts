import { expect, test } from 'vitest'
import { translatorFor } from '../../../i18n/translator.ts'
import { browserName, endOfDay, startOfDay } from './words.ts'

test.each([
  {
    agent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0',
    said: 'Edge, Windows',
  },
  { agent: 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0', said: 'Firefox, Linux' },
  { agent: 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/129.0 Mobile Safari/537.36', said: 'Chrome, Android' },
  { agent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile Safari/604.1', said: 'Safari, iOS' },
  { agent: 'curl/8.5.0', said: 'not known' },
  { agent: null, said: 'not known' },
])('a browser is called by its name: $said', ({ agent, said }) => {
  expect(browserName(translatorFor('en'), agent)).toBe(said)
})

test('a day begins and ends in UTC; what is no day is left to the rule that judges it', () => {
  expect([startOfDay('2026-12-01'), endOfDay('2026-12-31')]).toEqual(['2026-12-01T00:00:00Z', '2026-12-31T23:59:59Z'])
  expect([startOfDay(undefined), endOfDay('2026-12')]).toEqual([undefined, '2026-12T23:59:59Z'])
})
