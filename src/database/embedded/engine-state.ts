/** What the engine's thread shows the main thread while it is busy and cannot answer: a few numbers in shared memory. */

export type EngineState = BigInt64Array

const STARTED_AT = 0 // milliseconds since 1970; 0 while idle
const LIMIT_MS = 1 // 0: no limit
const DISK_FULL_AT = 2 // milliseconds since 1970 of the last write that failed for lack of space

export function newEngineState(): EngineState {
  return new BigInt64Array(new SharedArrayBuffer(24))
}

export function markRunning(state: EngineState, limitMs: number): void {
  Atomics.store(state, LIMIT_MS, BigInt(limitMs))
  Atomics.store(state, STARTED_AT, BigInt(Date.now()))
}

export function markIdle(state: EngineState): void {
  Atomics.store(state, STARTED_AT, 0n)
}

export function markDiskFull(state: EngineState): void {
  Atomics.store(state, DISK_FULL_AT, BigInt(Date.now()))
}

/** The running statement has used up its time. */
export function isOverdue(state: EngineState): boolean {
  const startedAt = Number(Atomics.load(state, STARTED_AT))
  const limitMs = Number(Atomics.load(state, LIMIT_MS))
  return startedAt !== 0 && limitMs !== 0 && Date.now() - startedAt > limitMs
}

export function ranOutOfDisk(state: EngineState, withinMs: number): boolean {
  return Date.now() - Number(Atomics.load(state, DISK_FULL_AT)) < withinMs
}
