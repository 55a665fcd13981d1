/** What a downloaded list is: its name on disk, and the sheet that says under which filter, of which day and from whom its rows are. */
import type { Translator } from '../../i18n/translator.ts'
import { type OutRow, tableSheet, type WorkbookSheet } from '../../interop/tables/index.ts'
import { textFor } from '../../kernel/localized-text.ts'
import type { Collection, ListingFilter } from '../../modules/registry/index.ts'

export interface ListingAbout {
  /** The filter in the reader's words; empty when nothing is filtered. */
  readonly filter: string
  /** Where the same list is on the screen. */
  readonly address?: string
  /** 'YYYY-MM-DD'. */
  readonly day: string
  /** Collections from which rows may come. */
  readonly collections: readonly Collection[]
}

/** More collections than this would make a name that nobody reads. */
const NAMED_COLLECTIONS = 2

/** "initiatives-undp-2014-2026-11-25.xlsx"; without collections in the filter "initiatives-2026-11-25.xlsx". */
export function downloadName(
  subject: string,
  collections: readonly string[],
  day: string,
  extension: string,
  further: readonly string[] = [],
): string {
  const keys = collections.length > NAMED_COLLECTIONS ? [] : collections
  // Keys come from an address: only letters of a key go into a header.
  const parts = [subject, ...keys, ...further].map((part) => part.replace(/[^A-Za-z0-9_-]/g, '').slice(0, 64))
  return `${[...parts.filter((part) => part !== ''), day].join('-')}.${extension}`
}

/** Collections that a filter asks for; without any, those that count when nobody asks (ruling 7). */
export function collectionsOf(filter: ListingFilter, collections: readonly Collection[]): Collection[] {
  const asked = filter.values.collection
  return collections.filter(({ key, kind }) => (asked ? asked.includes(key) : kind === 'working'))
}

/** `rows` and `hash` are asked when the rows of the list are written, so that they can be counted on their way. */
export function aboutSheet(t: Translator, about: ListingAbout, rows: () => number, hash: () => string): WorkbookSheet {
  const columns = [
    { key: 'label', header: t('registry.about.what'), width: 30 },
    { key: 'text', header: t('registry.about.text'), width: 90 },
  ]
  return tableSheet(t('registry.about.title'), columns, linesOf(t, about, rows, hash), { rightToLeft: t.dir === 'rtl' })
}

function* linesOf(
  t: Translator,
  { filter, address, day, collections }: ListingAbout,
  rows: () => number,
  hash: () => string,
): Generator<OutRow> {
  const line = (label: string, text: string | undefined): OutRow => ({ label: t(label), text })
  yield line('registry.about.filter', filter === '' ? t('registry.list.all') : filter)
  if (address !== undefined) yield line('registry.about.address', address)
  yield line('registry.about.date', day)
  yield { label: t('registry.about.rows'), text: rows() }
  yield line('data.hash', hash())
  yield line('registry.about.definition', t('registry.list.unit'))
  for (const { key, names, kind, source, receivedFrom = [] } of collections) {
    yield line('registry.field.collection', `${textFor(names, t.lang)?.text ?? key} (${key})`)
    if (kind === 'sample') yield line('registry.about.mark', t('components.banner.sample'))
    if (source) yield line('registry.about.source', [source.name, source.url].filter((text) => text !== undefined).join(' – '))
    if (source?.licence !== undefined) yield line('registry.collections.licence', source.licence)
    for (const { instance, releasedBy, licence } of receivedFrom)
      yield line('releases.origin.title', [...new Set([releasedBy, instance]), licence].join(' – '))
  }
}
