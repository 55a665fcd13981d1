/** Tables that are asked with words of a file: `constructor` is a word too, and every object answers to it. */

export function lookUp<T>(table: Readonly<Record<string, T>>, word: string | undefined): T | undefined {
  return word !== undefined && Object.hasOwn(table, word) ? table[word] : undefined
}
