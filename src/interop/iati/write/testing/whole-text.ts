/** For tests: a text that comes in parts, as one. */
export async function wholeText(parts: AsyncIterable<string>): Promise<string> {
  let whole = ''
  for await (const part of parts) whole += part
  return whole
}
