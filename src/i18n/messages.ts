/**
 * Message files: `locales/<language>/<module>.json`, flat keys, ICU MessageFormat. The full key is `<module>.<key>`.
 * A text that a language lacks falls back to English and is marked; the release check names every one.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Lang, LOCALES_FOLDER } from './languages.ts'

export type Messages = ReadonlyMap<string, string>

const loaded = new Map<Lang, Messages>()

export function messagesOf(lang: Lang): Messages {
  const known = loaded.get(lang)
  if (known) return known
  const messages = new Map<string, string>()
  const folder = join(LOCALES_FOLDER, lang)
  for (const file of readdirSync(folder).sort()) {
    if (!file.endsWith('.json')) continue
    const module = file.slice(0, -'.json'.length)
    const texts: Record<string, string> = JSON.parse(readFileSync(join(folder, file), 'utf8'))
    for (const [key, text] of Object.entries(texts)) messages.set(`${module}.${key}`, text)
  }
  loaded.set(lang, messages)
  return messages
}
