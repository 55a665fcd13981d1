import { expect, test } from 'vitest'
import { clientAddress, countedAs, isThisMachine } from './address-of.ts'

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002::9', '2001:db8:1:2::/64'],
  ['2001:db8::9', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['', ''],
])('%s is counted as %s', (address, key) => expect(countedAs(address)).toBe(key))

test('what a proxy passes on and is no address does not become one', () => {
  expect(clientAddress({ ip: 'unknown', ips: ['10.0.0.1', '192.0.2.7', 'unknown'] })).toBe('192.0.2.7')
  expect(clientAddress({ ip: '192.0.2.1' })).toBe('192.0.2.1')
})

test('this machine has several addresses, and names that only look like them', () => {
  expect(['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1'].map(isThisMachine)).toEqual([true, true, true, true])
  expect(['192.0.2.1', '1127.0.0.1', '::2', ''].map(isThisMachine)).toEqual([false, false, false, false])
})
