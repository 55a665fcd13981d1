/** What the rows would change: of the first records the title, the countries, the period and the scale, as they are and as they would be. */
import { areaName, codeName } from '../../../../codes/index.ts'
import type { Translator } from '../../../../i18n/translator.ts'
import type { ShownChange } from '../../../../jobs/imports/planned-changes.ts'
import { canonicalJson } from '../../../../kernel/canonical-json.ts'
import { type LocalizedText, textFor } from '../../../../kernel/localized-text.ts'
import { DataTable } from '../../../components/index.ts'
import { isolated } from '../words.ts'

interface ChangesTableProps {
  readonly t: Translator
  readonly changes: readonly ShownChange[]
  /** All changes, also those not shown. */
  readonly changed: number
}

export function ChangesTable({ t, changes, changed }: ChangesTableProps) {
  if (changes.length === 0) return null
  return (
    <section>
      <h2>{t('imports.changes.title')}</h2>
      {changed > changes.length && (
        <p class="muted">{t('imports.changes.first', { shown: t.number(changes.length), all: t.number(changed) })}</p>
      )}
      <DataTable
        caption={t('imports.changes.title')}
        captionHidden
        columns={[
          // Row and identifier in one cell: on a narrow screen the sentences need the width.
          {
            key: 'identifier',
            label: t('tables.field.identifier'),
            rowHeader: true,
            cell: ({ identifier, sourceRow }) => (
              <>
                <bdi>{identifier.startsWith('~') ? '–' : identifier}</bdi>
                {sourceRow !== null && <div class="muted">{t('imports.check.row', { row: String(sourceRow) })}</div>}
              </>
            ),
          },
          {
            key: 'what',
            label: t('imports.changes.what'),
            cell: (change) => linesOf(t, change).map((line) => <div key={line}>{line}</div>),
          },
        ]}
        rows={changes}
        rowKey={(change) => String(change.seq)}
      />
    </section>
  )
}

type Side = ShownChange['before']

/** A sentence for each field that differs: "Title: “Wells” becomes “Cotton”". */
export function linesOf(t: Translator, change: Pick<ShownChange, 'before' | 'after'>): string[] {
  const before = wordsOf(t, change.before)
  const after = wordsOf(t, change.after)
  const lines = [...before.keys()].flatMap((field) => {
    const [was, becomes] = [before.get(field), after.get(field)]
    if (was === becomes) return []
    const words = { field, after: isolated(becomes ?? t('components.not-stated')) }
    return was === undefined ? t('imports.changes.added', words) : t('imports.changes.one', { ...words, before: isolated(was) })
  })
  const others = otherFacts(change)
  return others === 0 ? lines : [...lines, t('imports.changes.others', { count: others, shown: t.number(others) })]
}

/** Compared as shown: a text that only got its language marked is no difference to a reader. */
function wordsOf(t: Translator, { facts, listed }: Side): Map<string, string | undefined> {
  const areas = (codes: readonly string[] = []) =>
    codes.length === 0 ? undefined : t.list(codes.map((iso3) => areaName(iso3, t.lang)).sort(t.compare))
  const years = listed.flatMap(({ year }) => (year === null ? [] : [year])).sort((a, b) => a - b)
  const { start, end } = facts.plannedPeriod ?? {}
  return new Map([
    [t('tables.field.title'), textFor(facts.title as LocalizedText | undefined, t.lang)?.text],
    [t('tables.field.hosts'), areas(facts.hosts)],
    [t('tables.field.partnerCountries'), areas(facts.engagedCountries)],
    [t('tables.field.startDate'), start && t.date(start)],
    [t('tables.field.endDate'), end && t.date(end)],
    [t('tables.field.scale'), facts.scale && codeName('scale', facts.scale, t.lang)],
    [t('tables.field.listYear'), years.length === 0 ? undefined : t.list(years.map(String))],
  ])
}

const SHOWN_FACTS = new Set(['title', 'hosts', 'engagedCountries', 'plannedPeriod', 'scale'])

function otherFacts({ before, after }: Pick<ShownChange, 'before' | 'after'>): number {
  const facts = { before: before.facts as Record<string, unknown>, after: after.facts as Record<string, unknown> }
  const names = new Set([...Object.keys(facts.before), ...Object.keys(facts.after)])
  const same = (name: string) => canonicalJson(facts.before[name] ?? null) === canonicalJson(facts.after[name] ?? null)
  return [...names].filter((name) => !SHOWN_FACTS.has(name) && !same(name)).length
}
