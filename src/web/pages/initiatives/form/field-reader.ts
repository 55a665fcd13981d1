/** Reads the fields of a form one by one; what cannot be read is noted as a message at its field. */
import type { Translator } from '../../../../i18n/translator.ts'
import { parseDecimal } from '../../../../kernel/decimal.ts'
import type { LocalizedText } from '../../../../kernel/localized-text.ts'
import { isPartialDate } from '../../../../kernel/partial-date.ts'
import { isInOrder } from '../../../../kernel/period.ts'
import { parsePercentage } from '../../../../kernel/shares.ts'
import type { InitiativeContribution, InitiativeFacts, Partner } from '../../../../modules/registry/index.ts'
import type { FormError } from '../../../components/index.ts'
import type { FormValues } from './form-values.ts'
import { itemFrom, restOf } from './row-origin.ts'

export interface ReadContext {
  readonly t: Translator
  /** Facts of the record that is edited. */
  readonly before: InitiativeFacts
  readonly actorId: string
  readonly at: string
  /** Organisation for a typed name, when the directory knows exactly one. */
  orgOf(name: string): string | undefined
}

type Get = (field: string) => string | undefined
type Name = (field: string) => string

export class FieldReader {
  private readonly values: FormValues
  private readonly context: ReadContext
  private readonly errors: FormError[]

  constructor(values: FormValues, context: ReadContext, errors: FormError[]) {
    this.values = values
    this.context = context
    this.errors = errors
  }

  private wrong(
    field: string,
    kind: 'decimal' | 'date' | 'period' | 'share' | 'year' | 'currency' | 'statement' | 'address' | 'giver' | 'language',
    found: string,
  ): undefined {
    this.errors.push({ field, message: this.context.t(`registry.wrong.${kind}`, { found }) })
  }

  rows<Item>(list: string, read: (get: Get, name: Name) => Item | undefined | ''): Item[] {
    return this.values.rows(list).flatMap((index) => {
      const item = read(this.values.row(list, index), (field) => `${list}.${index}.${field}`)
      return item === undefined || item === '' ? [] : [item]
    })
  }

  /** The first row is the original; a changed original makes its translations older than it. */
  texts(list: string, before: LocalizedText | undefined): LocalizedText | undefined {
    const rows = this.rows(list, (get) => {
      const lang = get('lang') ?? 'und'
      return get('text') && { lang, text: asItWas(get('text') ?? '', before?.texts[lang]) }
    })
    const [original] = rows
    if (!original) return undefined
    rows.forEach(({ lang }, index) => {
      const repeated = rows.findIndex((row) => row.lang === lang) < index
      if (repeated) this.wrong(`${list}.${index}.lang`, 'language', lang)
    })
    const texts = Object.fromEntries(rows.map(({ lang, text }) => [lang, text]))
    if (!before) return { orig: original.lang, texts }
    const renewed = before.texts[original.lang] !== original.text
    const state = Object.fromEntries(
      rows.map(({ lang, text }) => {
        if (lang === original.lang) return [lang, 'original' as const]
        if (before.texts[lang] !== text) return [lang, 'human' as const]
        return [lang, renewed ? ('stale' as const) : (before.state?.[lang] ?? 'human')]
      }),
    )
    const same = !renewed && before.orig === original.lang && rows.length === Object.keys(before.texts).length
    return same && rows.every(({ lang, text }) => before.texts[lang] === text) ? before : { orig: original.lang, texts, state }
  }

  decimal(name: string): string | undefined {
    const typed = this.values.get(name)
    if (typed === undefined) return undefined
    return parseDecimal(typed) ?? this.wrong(name, 'decimal', typed)
  }

  share(name: string): number | undefined {
    const typed = this.values.get(name)
    if (typed === undefined) return undefined
    const share = parsePercentage(typed)
    return share === undefined ? this.wrong(name, 'share', typed) : Number(share)
  }

  date(name: string): string | undefined {
    const typed = this.values.date(name)
    if (typed === undefined || isPartialDate(typed)) return typed
    return this.wrong(name, 'date', typed)
  }

  period(name: string): { start?: string; end?: string } | undefined {
    const start = this.date(`${name}.start`)
    const end = this.date(`${name}.end`)
    const period = { ...(start === undefined ? {} : { start }), ...(end === undefined ? {} : { end }) }
    if (!isInOrder(period)) this.wrong(`${name}.end`, 'period', end ?? '')
    return start === undefined && end === undefined ? undefined : period
  }

  private money(amountName: string, currencyName: string): { amount: string; currency: string } | undefined {
    const amount = this.decimal(amountName)
    const currency = this.values.get(currencyName)?.toUpperCase()
    if (amount === undefined && (currency === undefined || this.values.get(amountName) !== undefined)) return undefined
    if (amount === undefined) return this.wrong(amountName, 'decimal', '')
    if (currency === undefined || !/^[A-Z]{3}$/.test(currency)) return this.wrong(currencyName, 'currency', currency ?? '')
    return { amount, currency }
  }

  partners(): Partner[] {
    return this.values.rows('partners').map((index) => {
      const get = this.values.row('partners', index)
      const no = get('no') ?? String(index + 1)
      const before = (this.context.before.partners ?? []).find((partner) => partner.no === no)
      const { name: _name, orgId: _org, ...kept } = before ?? { no }
      const typed = get('name')
      const same = typed === undefined ? undefined : known(this.context, before, typed)
      const named = typed === undefined || typed === before?.collective?.group ? {} : (same ?? party(this.context, typed))
      // The identifier that a source gave is that of the party it named.
      const { ref: _ref, ...unnamed } = kept
      return without({
        ...(same || typed === undefined ? kept : unnamed),
        no,
        ...named,
        iso3: get('iso3'),
        role: get('role'),
        partnerType: get('partnerType'),
        unnamed: get('unnamed') === 'yes' ? true : undefined,
        contributesOwnResources: yesNo(get('own')),
      }) as Partner
    })
  }

  contributions(): InitiativeContribution[] {
    const { contributions = [] } = this.context.before
    const rest = restOf(contributions)
    return [...this.shownContributions(createNumbering(contributions, rest)), ...rest]
  }

  private shownContributions(numberOf: (no: string) => string): InitiativeContribution[] {
    return this.values.rows('contributions').map((index) => {
      const name: Name = (field) => `contributions.${index}.${field}`
      const get = this.values.row('contributions', index)
      const no = numberOf(get('no') ?? String(index + 1))
      const before = (this.context.before.contributions ?? []).find((one) => one.no === no)
      const money = sameMoney(this.money(name('amount'), name('currency')), before?.money)
      // Not shown where a person types an amount; what a source said of it stays.
      const valueDate = this.date(name('valueDate')) ?? before?.money?.valueDate
      const start = this.date(name('start'))
      const quantity = this.decimal(name('quantity'))
      const value = this.money(name('valuationAmount'), name('valuationCurrency'))
      const [valued, ...otherValuations] = before?.valuations ?? []
      const joint = get('giver') === 'joint'
      // A published file may leave open who gives; a person may not.
      const isNamed = get('giver') !== undefined || before?.published !== undefined
      if (!isNamed) this.wrong(name('giver'), 'giver', '')
      return without({
        ...before,
        no,
        giver: joint ? (before?.giver ?? this.values.get('partners.0.no') ?? '1') : (get('giver') ?? (isNamed ? undefined : '')),
        taker: get('taker'),
        joint: joint ? true : undefined,
        modality: get('modality'),
        nature: get('nature'),
        period: start === undefined && before?.period?.end === undefined ? undefined : without({ ...before?.period, start }),
        money: money && without({ ...money, valueDate }),
        quantity: quantity === undefined ? undefined : { value: quantity, unit: get('unit') ?? 'item' },
        description: get('description'),
        valuations: many([
          ...(value ? [{ ...valued, ...value, basis: get('valuationBasis') ?? 'estimate' }] : []),
          ...otherValuations,
        ]),
      }) as unknown as InitiativeContribution
    })
  }

  results() {
    const { results } = this.context.before
    const shown = this.values.rows('results').map((index) => {
      const get = this.values.row('results', index)
      if (get('statement') === undefined) this.wrong(`results.${index}.statement`, 'statement', '')
      const before = itemFrom(results, get('was'))
      const fields = ['level', 'statement', 'indicator', 'baseline', 'target', 'actual', 'giver', 'taker', 'attribution'] as const
      const typed = fields.map((field) => {
        const text = get(field)
        if (text === undefined) return [field, field === 'attribution' ? before?.attribution : undefined]
        return [field, asItWas(text, before?.[field])]
      })
      return without({ ...before, ...Object.fromEntries(typed) })
    })
    return [...shown, ...restOf(results)]
  }

  documents() {
    const { documents } = this.context.before
    const shown = this.values.rows('documents').map((index) => {
      const get = this.values.row('documents', index)
      const url = get('url')
      if (url === undefined || !/^https?:\/\//i.test(url)) this.wrong(`documents.${index}.url`, 'address', url ?? '')
      const before = itemFrom(documents, get('was')) ?? documents?.find((document) => document.url === url)
      return without({
        ...before,
        url,
        title: asItWas(get('title') ?? '', before?.title) || undefined,
        language: get('language'),
        date: this.date(`documents.${index}.date`),
      })
    })
    return [...shown, ...restOf(documents)]
  }

  years(): number[] {
    return this.rows('listed', (get, name) => {
      const typed = get('year') ?? ''
      return /^(19|20|21)\d{2}$/.test(typed) ? Number(typed) : this.wrong(name('year'), 'year', typed)
    })
  }
}

export function party({ orgOf }: ReadContext, typed: string): { orgId: string } | { name: string } {
  const orgId = orgOf(typed)
  return orgId === undefined ? { name: typed } : { orgId }
}

interface NamedParty {
  readonly orgId?: string | undefined
  readonly name?: string | undefined
  readonly ref?: string | undefined
}

/** The party as the record has it, when the name that the form showed was left as it was; it may have more than its name. */
export function known({ orgOf }: ReadContext, before: NamedParty | undefined, typed: string): NamedParty | undefined {
  const isSame = before?.orgId === undefined ? before?.ref !== undefined && before.name === typed : orgOf(typed) === before.orgId
  if (!before || !isSame) return undefined
  const { orgId, name, ref } = before
  return without({ orgId, name, ref })
}

/** A field of one line shows a text without its line ends: left alone, it says what it said. */
function asItWas(typed: string, before: string | undefined): string {
  return before !== undefined && before.replace(/[\r\n]/g, '').trim() === typed ? before : typed
}

/** An amount is kept as it was stated, with its zeros, as long as it is the same number. */
function sameMoney<Money extends { amount: string; currency: string }>(
  money: Money | undefined,
  before: { amount: string; currency: string } | undefined,
): Money | undefined {
  const isSame = money && before && parseDecimal(before.amount) === money.amount && before.currency === money.currency
  return isSame ? { ...money, amount: before.amount } : money
}

/** Another number for a new row, when a contribution that the form does not show has it. */
function createNumbering(all: readonly { no: string }[], rest: readonly { no: string }[]): (no: string) => string {
  const hidden = new Set(rest.map(({ no }) => no))
  const taken = new Set(all.map(({ no }) => no))
  return (no) => {
    let free = no
    for (let number = taken.size + 1; hidden.has(no) && taken.has(free); number += 1) free = String(number)
    taken.add(free)
    return free
  }
}

export function yesNo(value: string | undefined): boolean | undefined {
  return value === undefined ? undefined : value === 'yes'
}

export function many<Item>(items: readonly Item[]): readonly Item[] | undefined {
  return items.length > 0 ? items : undefined
}

/** Without fields that state nothing: absent is the one spelling of unknown. */
export function without<Fields extends object>(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Fields
}
