/** A call as it can be copied to a command line. */

export interface CurlCall {
  readonly origin: string
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly input: Readonly<Record<string, unknown>>
  readonly isForStrangers: boolean
}

export function curlCall({ origin, method, path, input, isForStrangers }: CurlCall): string {
  const key = isForStrangers && method === 'GET' ? [] : ['-H "Authorization: Bearer $API_KEY"']
  const parts =
    method === 'GET'
      ? [`curl -G ${quoted(`${origin}${path}`)}`, ...key, ...parametersOf(input)]
      : [
          `curl ${quoted(`${origin}${path}`)}`,
          ...key,
          "-H 'Content-Type: application/json'",
          '-H "Idempotency-Key: $(uuidgen)"',
          `-d ${quoted(JSON.stringify(input))}`,
        ]
  return parts.join(' \\\n  ')
}

/** Plain parameters where every value is one word; else the whole as JSON. */
function parametersOf(input: Readonly<Record<string, unknown>>): string[] {
  const fields = Object.entries(input)
  if (fields.every(([, value]) => typeof value !== 'object')) {
    return fields.map(([name, value]) => `-d ${quoted(`${name}=${encodeURIComponent(String(value))}`)}`)
  }
  return [`--data-urlencode ${quoted(`input=${JSON.stringify(input)}`)}`]
}

/** For a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
