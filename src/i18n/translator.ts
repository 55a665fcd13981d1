/**
 * Everything a page needs to speak one language: texts by key, numbers, shares, dates, lists, sorting.
 * Rounding happens here and nowhere earlier (domain ruling 11).
 */
import { IntlMessageFormat } from 'intl-messageformat'
import { directionOf, type Lang } from './languages.ts'
import { messagesOf } from './messages.ts'

export type MessageParams = Readonly<Record<string, string | number | Date>>

export interface NumberOptions {
  /** Digits after the decimal mark; by default up to 3, as the number has them. */
  readonly digits?: number
  readonly signed?: boolean
}

export interface Translator {
  (key: string, params?: MessageParams): string
  readonly lang: Lang
  readonly dir: 'rtl' | 'ltr'
  /** The BCP 47 tag for formatting; carries the digit shapes, for example `ar-u-nu-arab`. */
  readonly locale: string
  has(key: string): boolean
  /** Keys that this language lacks and that were shown in English since the translator was made. */
  missing(): readonly string[]
  number(value: number, options?: NumberOptions): string
  /** `share` is 0 to 1; 0.3092 with one digit is "30.9%" in the language's own form. */
  percent(share: number, options?: NumberOptions): string
  /** An exact decimal string with its ISO 4217 code. */
  money(amount: string, currency: string): string
  /** 'YYYY', 'YYYY-MM' or 'YYYY-MM-DD', shown as precisely as it is known and no more. */
  date(partial: string): string
  instant(at: Date | string): string
  list(items: readonly string[]): string
  compare(a: string, b: string): number
}

export interface TranslatorOptions {
  /** `latn` (Western) or `arab` (Arabic-Indic); a setting of the instance for Arabic. */
  readonly digits?: 'latn' | 'arab'
}

const formats = new Map<string, IntlMessageFormat>()

export function translatorFor(lang: Lang, options: TranslatorOptions = {}): Translator {
  // English as the United Nations writes it: 24 July 2015.
  const locale = lang === 'ar' ? `ar-u-nu-${options.digits ?? 'latn'}` : lang === 'en' ? 'en-GB' : lang
  const own = messagesOf(lang)
  const english = messagesOf('en')
  const missing = new Set<string>()

  function format(key: string, text: string, textLocale: string, params: MessageParams | undefined): string {
    if (!params && !text.includes('{') && !text.includes("'")) return text
    const cacheKey = `${textLocale}\u0000${key}\u0000${text}`
    let message = formats.get(cacheKey)
    if (!message) {
      message = new IntlMessageFormat(text, textLocale, undefined, { ignoreTag: true })
      formats.set(cacheKey, message)
    }
    return String(message.format(params as Record<string, string | number | Date> | undefined))
  }

  function translate(key: string, params?: MessageParams): string {
    const text = own.get(key)
    if (text !== undefined) return format(key, text, locale, params)
    missing.add(key)
    const fallback = english.get(key)
    return fallback === undefined ? `⟦${key}⟧` : `${format(key, fallback, 'en', params)} ⟦en⟧`
  }

  const collator = new Intl.Collator(lang)
  const listFormat = new Intl.ListFormat(locale, { style: 'long', type: 'conjunction' })
  return Object.assign(translate, {
    lang,
    dir: directionOf(lang),
    locale,
    has: (key: string) => own.has(key) || english.has(key),
    missing: () => [...missing],
    number: (value: number, { digits, signed }: NumberOptions = {}) =>
      withPrintedSign(
        numberFormat(locale, {
          ...(digits === undefined ? {} : { minimumFractionDigits: digits, maximumFractionDigits: digits }),
          ...(signed ? { signDisplay: 'exceptZero' as const } : {}),
        }).format(value),
      ),
    percent: (share: number, { digits = 0, signed }: NumberOptions = {}) =>
      withPrintedSign(
        numberFormat(locale, {
          style: 'percent',
          minimumFractionDigits: digits,
          maximumFractionDigits: digits,
          ...(signed ? { signDisplay: 'exceptZero' as const } : {}),
        }).format(share),
      ),
    money: (amount: string, currency: string) =>
      new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'code' }).format(
        amount as Intl.StringNumericLiteral,
      ),
    date: (partial: string) => formatPartialDate(partial, locale),
    instant: (at: Date | string) =>
      `${new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' }).format(new Date(at))} UTC`,
    list: (items: readonly string[]) => listFormat.format(items),
    compare: (a: string, b: string) => collator.compare(a, b),
  })
}

const LEFT_TO_RIGHT_MARK = '\u200e'
const LEFT_TO_RIGHT_ISOLATE = '\u2066'
const END_OF_ISOLATE = '\u2069'

/**
 * The minus sign that print uses, where the formatter gives a hyphen. Arabic with Western digits marks a signed number as left to
 * right; as an isolate it keeps its sign before the digits and no longer turns the words around it.
 */
function withPrintedSign(text: string): string {
  const printed = text.replace('-', '\u2212')
  if (!/^\u200e[\u2212+]/.test(printed)) return printed
  return `${LEFT_TO_RIGHT_ISOLATE}${printed.slice(LEFT_TO_RIGHT_MARK.length)}${END_OF_ISOLATE}`
}

const numberFormats = new Map<string, Intl.NumberFormat>()

/** Making a format takes longer than using it a hundred times, and a page of figures shows hundreds of numbers. */
function numberFormat(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale} ${JSON.stringify(options)}`
  const known = numberFormats.get(key)
  if (known) return known
  const format = new Intl.NumberFormat(locale, options)
  numberFormats.set(key, format)
  return format
}

function formatPartialDate(partial: string, locale: string): string {
  const parts = partial.split('-')
  const options: Intl.DateTimeFormatOptions =
    parts.length === 1
      ? { year: 'numeric' }
      : parts.length === 2
        ? { year: 'numeric', month: 'long' }
        : { year: 'numeric', month: 'long', day: 'numeric' }
  const [year = '1', month = '1', day = '1'] = parts
  const at = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  return new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC', calendar: 'gregory' }).format(at)
}
