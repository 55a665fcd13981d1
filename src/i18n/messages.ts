/**
 * Message files: `locales/<language>/<module>.json`, flat keys, ICU MessageFormat. The full key is `<module>.<key>`.
 * A text that a language lacks falls back to English and is marked; the release check names every one.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Lang, localesFolder } from './languages.ts'

export type Messages = ReadonlyMap<string, string>

/** By the folder of the language. */
const loaded = new Map<string, Messages>()

export function messagesOf(lang: Lang): Messages {
  const folder = join(localesFolder(), lang)
  const known = loaded.get(folder)
  if (known) return known
  const messages = new Map<string, string>()
  for (const file of readdirSync(folder).sort()) {
    if (!file.endsWith('.json')) continue
    const module = file.slice(0, -'.json'.length)
    const texts: Record<string, string> = JSON.parse(readFileSync(join(folder, file), 'utf8'))
    for (const [key, text] of Object.entries(texts)) messages.set(`${module}.${key}`, text)
  }
  loaded.set(folder, messages)
  return messages
}
