import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { ownText } from './own-text.ts'

test.each(['', 'a', 'twelve chars', 'thirteen char', 'ça va, 中文 и العربية', `lone \uD800 surrogate of a broken text`])(
  'the same text comes back: %j',
  (text) => {
    expect(ownText(text)).toBe(text)
  },
)

test('what is remembered of large texts does not keep them in memory', () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const remembered: string[] = []
  collect()
  const before = process.memoryUsage().heapUsed
  for (let number = 0; number < 200; number++) {
    const large = `${'x'.repeat(500_000)}${number}`.toUpperCase()
    remembered.push(ownText(large.slice(100, 140)))
  }
  collect()
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(10_000_000)
  expect(remembered).toHaveLength(200)
})
