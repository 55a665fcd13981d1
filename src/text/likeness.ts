/** How alike two wordings are, given how much each group of letters tells: what stands in every title tells little. */

/** What a group of letters tells, in bits: rare ones more. */
export type Weight = (trigram: number) => number

export interface Likeness {
  /** Share of what both tell together that they have in common, 0 to 1: 1 for equal wordings. */
  readonly agreement: number
  /** Share of the shorter one that stands in the other, 0 to 1: 1 for a title that was cut. */
  readonly contained: number
  /** What they have in common tells this much, in bits. */
  readonly shared: number
}

/** Both as `trigramsOf` gives them. Two texts without letters have nothing in common. */
export function likenessOf(one: Uint32Array, other: Uint32Array, weight: Weight): Likeness {
  let shared = 0
  let left = 0
  let right = 0
  let a = 0
  let b = 0
  while (a < one.length || b < other.length) {
    const x = one[a] ?? Number.POSITIVE_INFINITY
    const y = other[b] ?? Number.POSITIVE_INFINITY
    const bits = weight(Math.min(x, y))
    if (x <= y) {
      left += bits
      a += 1
    }
    if (y <= x) {
      right += bits
      b += 1
    }
    if (x === y) shared += bits
  }
  const both = left + right
  const shorter = Math.min(left, right)
  return { agreement: both === 0 ? 0 : (2 * shared) / both, contained: shorter === 0 ? 0 : shared / shorter, shared }
}
