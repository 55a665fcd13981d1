import { expect, test } from 'vitest'
import { Problem } from '../kernel/problems.ts'
import { readTls, requireSafeListening } from './listening.ts'

const TOKEN = 'a-secret-of-more-than-24-characters'
const NOTHING = { host: '0.0.0.0', startToken: undefined, tls: undefined, trustedProxy: undefined, allowPlainHttp: false }
const TLS = { tls: { certificateFile: 'c', keyFile: 'k' } }

test.each([
  { name: 'this machine, without anything', given: { host: '127.0.0.1' }, accountsExist: false, answer: 'listens' },
  { name: 'this machine by its new address', given: { host: '::1' }, accountsExist: false, answer: 'listens' },
  { name: 'everywhere, without anything', given: {}, accountsExist: false, answer: 'app.token-required' },
  { name: 'TLS without anybody known', given: TLS, accountsExist: false, answer: 'app.token-required' },
  { name: 'a proxy without anybody known', given: { trustedProxy: 1 }, accountsExist: false, answer: 'app.token-required' },
  { name: 'accounts without TLS', given: {}, accountsExist: true, answer: 'app.tls-required' },
  { name: 'a token without TLS', given: { startToken: TOKEN }, accountsExist: false, answer: 'app.tls-required' },
  { name: 'a container on its own network', given: { startToken: TOKEN, allowPlainHttp: true }, accountsExist: false, answer: 'listens' },
  { name: 'accounts and TLS', given: TLS, accountsExist: true, answer: 'listens' },
  { name: 'accounts and a proxy', given: { trustedProxy: ['10.0.0.1'] }, accountsExist: true, answer: 'listens' },
  { name: 'accounts, and told to', given: { allowPlainHttp: true }, accountsExist: true, answer: 'listens' },
])('$name: $answer', ({ given, accountsExist, answer }) => {
  const attempt = () => {
    try {
      requireSafeListening({ ...NOTHING, ...given }, { accountsExist })
      return 'listens'
    } catch (error) {
      return error instanceof Problem ? error.code : error
    }
  }
  expect(attempt()).toBe(answer)
})

test('a certificate that is not there is said before anybody is served', () => {
  expect(() => readTls({ certificateFile: '/nowhere', keyFile: '/nowhere' })).toThrow(
    expect.objectContaining({ code: 'app.tls-not-readable' }),
  )
})
