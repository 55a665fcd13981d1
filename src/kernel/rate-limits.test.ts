import { expect, test } from 'vitest'
import { Problem } from './problems.ts'
import { createRateLimits, type LimitKind } from './rate-limits.ts'

function given() {
  let now = 0
  const limits = createRateLimits(() => now)
  return {
    pass: (ms: number) => {
      now += ms
    },
    /** How many of so many attempts are granted, and how long the last refused one must wait. */
    attempt(kind: LimitKind, key: string, times: number) {
      let granted = 0
      let wait = 0
      for (let turn = 0; turn < times; turn += 1) {
        try {
          limits.take(kind, key)
          granted += 1
        } catch (error) {
          if (!(error instanceof Problem)) throw error
          wait = Number(error.params.seconds)
        }
      }
      return { granted, wait }
    },
  }
}

test('who asks too often is refused and told how long to wait; another is not slowed', () => {
  const { attempt } = given()
  expect(attempt('sign-in', '192.0.2.1', 50)).toEqual({ granted: 10, wait: 12 })
  expect(attempt('sign-in', '192.0.2.2', 1)).toEqual({ granted: 1, wait: 0 })
  expect(attempt('address', '192.0.2.1', 1)).toEqual({ granted: 1, wait: 0 })
})

test('a bucket fills again with time, and refused attempts do not hold it down', () => {
  const { attempt, pass } = given()
  attempt('sign-in', 'a', 500)
  pass(11_900)
  expect(attempt('sign-in', 'a', 20)).toEqual({ granted: 0, wait: 1 })
  pass(100)
  expect(attempt('sign-in', 'a', 20).granted).toBe(1)
  pass(3_600_000)
  expect(attempt('sign-in', 'a', 20).granted).toBe(10)
})

test('the memory is bounded: of 50,000 others the oldest is forgotten', () => {
  const { attempt } = given()
  attempt('sign-in', 'first', 10)
  for (let number = 0; number < 49_999; number += 1) attempt('sign-in', String(number), 1)
  expect(attempt('sign-in', 'first', 1).granted).toBe(0)
  for (let number = 0; number < 50_000; number += 1) attempt('sign-in', `again ${number}`, 1)
  expect(attempt('sign-in', 'first', 1).granted).toBe(1)
})
