/**
 * A whole divided by weights so that the parts add up to it to the last digit: each part is cut, and what is left goes, one unit at
 * a time, to the parts that lost most by the cut (largest remainder). Equal losses are served in the order of the keys, so that the
 * result does not depend on the order in which somebody listed them.
 */

export interface Distribution {
  /** In rising order, none twice. */
  readonly keys: readonly string[]
  readonly weights: readonly bigint[]
  /** Sum of the weights. */
  readonly total: bigint
}

export const UNDIVIDED: Distribution = { keys: [''], weights: [1n], total: 1n }

/** Weights of the same key are added; keys are put in order. The sum must not be 0. */
export function distributionOf(weighted: Iterable<readonly [key: string, weight: bigint]>): Distribution {
  const byKey = new Map<string, bigint>()
  for (const [key, weight] of weighted) byKey.set(key, (byKey.get(key) ?? 0n) + weight)
  const keys = [...byKey.keys()].sort()
  const weights = keys.map((key) => byKey.get(key) ?? 0n)
  return { keys, weights, total: weights.reduce((sum, weight) => sum + weight, 0n) }
}

/** Parts in the order of the keys. */
export function apportion(whole: bigint, { weights, total }: Distribution): bigint[] {
  if (weights.length === 1) return [whole]
  const magnitude = whole < 0n ? -whole : whole
  const parts: bigint[] = []
  const lost: bigint[] = []
  let left = magnitude
  for (const weight of weights) {
    const product = magnitude * weight
    const part = product / total
    parts.push(part)
    lost.push(product - part * total)
    left -= part
  }
  if (left > 0n) giveRest(parts, lost, Number(left))
  return whole < 0n ? parts.map((part) => -part) : parts
}

/** `rest` is less than the number of parts, since each lost less than one unit. */
function giveRest(parts: bigint[], lost: readonly bigint[], rest: number): void {
  const order = lost.map((_, at) => at).sort((a, b) => compare(lost[b] ?? 0n, lost[a] ?? 0n) || a - b)
  for (const at of order.slice(0, rest)) parts[at] = (parts[at] ?? 0n) + 1n
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0
}
