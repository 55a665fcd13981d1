import { expect, test } from 'vitest'
import { inHashQueue } from './hash-queue.ts'
import './problems.ts'

test('a flood of sign-ins: one runs, twelve wait, the rest are told to come again; the line empties in order', async () => {
  const finish: (() => void)[] = []
  const done: number[] = []
  let running = 0
  let most = 0
  const attempt = (number: number) =>
    inHashQueue(async () => {
      running += 1
      most = Math.max(most, running)
      await new Promise<void>((resolve) => finish.push(resolve))
      running -= 1
      done.push(number)
    })
  const attempts = Array.from({ length: 50 }, (_, number) => attempt(number))
  const answers = Promise.allSettled(attempts)
  while (done.length < 13) {
    finish.shift()?.()
    await new Promise(setImmediate)
  }
  const refused = (await answers).filter((answer) => answer.status === 'rejected')
  expect(refused).toHaveLength(37)
  expect(refused[0]).toMatchObject({ reason: { code: 'credentials.busy', kind: 'refused', params: { seconds: 5 } } })
  expect(done).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
  expect(most).toBe(1)
})

test('a hash that fails gives its turn to the next', async () => {
  await expect(inHashQueue(() => Promise.reject(new Error('no memory')))).rejects.toThrow('no memory')
  expect(await inHashQueue(async () => 'next')).toBe('next')
})
