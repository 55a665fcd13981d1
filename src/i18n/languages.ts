/**
 * The languages that this installation speaks: one folder each in `locales/`. Adding a seventh is adding a folder.
 */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { OFFICIAL_LANGUAGES } from '../kernel/languages.ts'
import { PACKAGE_ROOT } from '../kernel/package-root.ts'

export type Lang = string

/** Where the texts come from; the app may name another folder before anything is said (setting SURSUR_LOCALES). */
let folderOfTexts = join(PACKAGE_ROOT, 'locales')

export function localesFolder(): string {
  return folderOfTexts
}

/** Reads all texts from another folder from now on. It must hold `en`, to which every other language falls back. */
export function readLocalesFrom(folder: string): void {
  folderOfTexts = folder
}

const RIGHT_TO_LEFT = new Set(['ar', 'fa', 'he', 'ur', 'ps', 'dv', 'ku', 'sd', 'ug', 'yi'])

/** The six first, in the order of the UN, then any other folder. */
export function listLanguages(): Lang[] {
  const folders = readdirSync(folderOfTexts, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
  const official = OFFICIAL_LANGUAGES.filter((lang) => folders.includes(lang))
  return [...official, ...folders.filter((lang) => !(OFFICIAL_LANGUAGES as readonly string[]).includes(lang)).sort()]
}

export function directionOf(lang: Lang): 'rtl' | 'ltr' {
  return RIGHT_TO_LEFT.has(lang.split('-')[0] ?? lang) ? 'rtl' : 'ltr'
}

/** The language's name in itself ("русский"), as the language menu shows it. What is no code of a language stays as it is. */
export function ownNameOf(lang: Lang): string {
  if (!isLanguageCode(lang)) return lang
  const name = new Intl.DisplayNames([lang], { type: 'language' }).of(lang) ?? lang
  return name.charAt(0).toLocaleUpperCase(lang) + name.slice(1)
}

function isLanguageCode(lang: string): boolean {
  try {
    return Intl.getCanonicalLocales(lang).length === 1
  } catch {
    return false
  }
}

/**
 * The first of the reader's preferred languages (an HTTP `Accept-Language` header) that we speak; English otherwise.
 */
export function preferredLanguage(acceptLanguage: string | undefined, available: readonly Lang[]): Lang {
  const wanted = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...attributes] = part.trim().split(';')
      const quality = attributes.map((a) => /^\s*q=([0-9.]+)/.exec(a)?.[1]).find((q) => q !== undefined)
      return { tag: tag.toLowerCase(), quality: quality === undefined ? 1 : Number(quality) }
    })
    .filter(({ tag, quality }) => tag !== '' && quality > 0)
    .sort((a, b) => b.quality - a.quality)
  for (const { tag } of wanted) {
    const match = available.find((lang) => lang === tag || tag.startsWith(`${lang}-`))
    if (match) return match
  }
  return 'en'
}
