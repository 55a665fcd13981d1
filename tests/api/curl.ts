/** Reads a call of curl as a shell would, as far as our examples go, so that what people copy is what the test sends. */
export interface CurlRequest {
  readonly method: 'GET' | 'POST'
  /** Path and query. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
}

export function readCurl(text: string, variables: Readonly<Record<string, string>>): CurlRequest {
  const words = shellWords(text.replaceAll('\\\n', ' '), variables)
  if (words.shift() !== 'curl') throw new Error(`Not a call of curl: ${text}`)
  const headers: Record<string, string> = {}
  const data: string[] = []
  let address = ''
  let asQuery = false
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === '-G') asQuery = true
    else if (word === '-i') continue
    else if (word === '-H') {
      const [name = '', ...value] = (words.shift() ?? '').split(':')
      headers[name.toLowerCase()] = value.join(':').trim()
    } else if (word === '-d') data.push(words.shift() ?? '')
    else if (word === '--data-urlencode') {
      const [name = '', ...value] = (words.shift() ?? '').split('=')
      data.push(`${name}=${encodeURIComponent(value.join('='))}`)
    } else if (word.startsWith('-')) throw new Error(`An option that the test does not know: ${word}`)
    else address = word
  }
  const { pathname, search } = new URL(address)
  const isPost = data.length > 0 && !asQuery
  return {
    method: isPost ? 'POST' : 'GET',
    url: asQuery && data.length > 0 ? `${pathname}?${data.join('&')}` : pathname + search,
    headers,
    body: isPost ? JSON.parse(data.join('')) : undefined,
  }
}

/** Words in single or double quotes or in none; `$NAME` and `$(uuidgen)` only where a shell would replace them. */
function shellWords(text: string, variables: Readonly<Record<string, string>>): string[] {
  const words: string[] = []
  for (const [word] of text.matchAll(/(?:'[^']*'|"[^"]*"|\\'|[^\s'"\\])+/g)) {
    words.push(
      word.replace(/'([^']*)'|"([^"]*)"|\\(')/g, (_all, single?: string, double?: string, quote?: string) => {
        if (double === undefined) return single ?? quote ?? ''
        return double
          .replace('$(uuidgen)', () => crypto.randomUUID())
          .replace(/\$(\w+)/g, (_name, name: string) => variables[name] ?? '')
      }),
    )
  }
  return words
}
