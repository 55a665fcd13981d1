/**
 * One hash at a time, and a short line behind it.
 *
 * A password hash costs 32 MB and 0.2 s on purpose. Without a line, a flood of sign-ins would take all memory and both processors
 * from everybody else. Who finds the line full is told to come again; nothing was checked then.
 */
import { Problem } from '../kernel/problems.ts'

const AT_ONCE = 1

/** 12 times 0.2 s: nobody waits longer than about three seconds. */
const MOST_WAITING = 12

const SECONDS_TO_COME_AGAIN = 5

let running = 0
const waiting: (() => void)[] = []

export async function inHashQueue<T>(hash: () => Promise<T>): Promise<T> {
  await takeTurn()
  try {
    return await hash()
  } finally {
    giveTurn()
  }
}

function takeTurn(): Promise<void> {
  if (running < AT_ONCE) {
    running += 1
    return Promise.resolve()
  }
  if (waiting.length >= MOST_WAITING) {
    return Promise.reject(new Problem('credentials.busy', { seconds: SECONDS_TO_COME_AGAIN }))
  }
  return new Promise((resolve) => waiting.push(resolve))
}

/** The turn goes straight to the next in line: nobody can step in between. */
function giveTurn(): void {
  const next = waiting.shift()
  if (next) next()
  else running -= 1
}
