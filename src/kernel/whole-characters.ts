/** Texts that are cut, and texts of unknown origin: no half of a character, and no NUL, which no database keeps. */

/** At most `limit` UTF-16 units; an emoji or a rare character is not cut in two. */
export function beginningOf(text: string, limit: number): string {
  if (text.length <= limit) return text
  const last = text.charCodeAt(limit - 1)
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? limit - 1 : limit)
}

const UNKEEPABLE = /\\u(0000|d[89a-f][0-9a-f]{2})/

/** JSON that every database takes: NUL is left out of texts, half characters become U+FFFD. */
export function keepableJson(value: unknown): string {
  const json = JSON.stringify(value)
  if (!UNKEEPABLE.test(json)) return json
  return JSON.stringify(value, (_key, one: unknown) => (typeof one === 'string' ? one.toWellFormed().replaceAll('\0', '') : one))
}
