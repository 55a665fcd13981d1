/** Suggestions for a name that was not found: names it contains, then names that differ by a letter or two. */

/**
 * Up to `limit` distinct values of `valueByName`, the likeliest first. Names and text are normalised.
 * Names of one or two letters take no part: they are near to everything.
 */
export function nearestNames(
  text: string,
  namesWithValues: Iterable<readonly [name: string, value: string]>,
  limit: number,
): string[] {
  if (text.length < 3) return []
  const allowed = text.length < 6 ? 1 : 2
  const found: { value: string; rank: number }[] = []
  for (const [name, value] of namesWithValues) {
    if (name.length < 3) continue
    if (` ${text} `.includes(` ${name} `)) found.push({ value, rank: -name.length })
    else if (Math.abs(name.length - text.length) <= allowed) {
      const distance = editDistance(text, name, allowed)
      if (distance <= allowed) found.push({ value, rank: distance })
    } else if (text.length >= 4 && name.startsWith(text)) found.push({ value, rank: 10 + name.length })
  }
  found.sort((a, b) => a.rank - b.rank)
  return [...new Set(found.map(({ value }) => value))].slice(0, limit)
}

/** Levenshtein distance; gives up and answers `most + 1` as soon as the distance must be larger. */
function editDistance(a: string, b: string, most: number): number {
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const substitution = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1)
      current.push(Math.min(substitution, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1))
    }
    if (Math.min(...current) > most) return most + 1
    previous = current
  }
  return previous[b.length] ?? most + 1
}
