/** Who works with whom: a matrix of the countries named most, with the rest gathered, so that the page stays light. */
import { areaName, listM49Regions, nameIn, regionOf } from '../../../codes/index.ts'
import { nounText } from '../../../documents/figure-words.ts'
import { formatListingFilter, type ListingFilter, NOT_STATED } from '../../../modules/registry/index.ts'
import { type CountryPair, publicOnly, type WhoWithWhom } from '../../../modules/reporting/index.ts'
import { Matrix, type MatrixFlow, type MatrixParty } from '../../charts/index.ts'
import type { PageRequest } from '../../site.tsx'

/** Countries on each side that are drawn by name. */
const NAMED = 14
const OTHERS = 'others'

export const SIDES = {
  'host-partner': ['host', 'partner'],
  'provider-recipient': ['provider', 'recipient'],
} as const

export interface PairMatrixProps {
  readonly request: PageRequest
  readonly found: WhoWithWhom
  /** With portfolio and year. */
  readonly filter: ListingFilter
  readonly scope: string
}

export function PairMatrix({ request, found, filter, scope }: PairMatrixProps) {
  const { t, at } = request
  const [fromSide, toSide] = SIDES[found.sides]
  const first = found.pairs.find(({ from, to }) => from !== NOT_STATED && to !== NOT_STATED)
  if (!first) return <p class="muted">{t('reporting.figures.matrix.none')}</p>
  const fromNamed = mostNamed(found.pairs, 'from')
  const toNamed = mostNamed(found.pairs, 'to')
  const flows = gather(found.pairs, fromNamed, toNamed)
  const most = {
    from: areaName(first.from, t.lang),
    to: areaName(first.to, t.lang),
    rows: t.number(first.rows),
    noun: nounText(t, 'rows', first.rows),
  }
  const finding = t('reporting.figures.matrix.finding', most)
  return (
    <Matrix
      id="chart-matrix"
      title={finding}
      subtitle={t('reporting.figures.matrix.subtitle', { scope })}
      alt={finding}
      note={t('reporting.figures.matrix.note', { named: t.number(found.rowsWithPair), rows: t.number(found.rows) })}
      limit={NAMED}
      rowsLabel={t(`reporting.figures.matrix.side.${fromSide}`)}
      columnsLabel={t(`reporting.figures.matrix.side.${toSide}`)}
      rows={parties(request, flows, 'from')}
      columns={parties(request, flows, 'to')}
      flows={flows.map((flow) => ({ ...flow, ...pairHref(at, filter, found, flow) }))}
    />
  )
}

/** The list of rows that name both countries. */
export function pairHref(
  at: PageRequest['at'],
  filter: ListingFilter,
  { sides }: Pick<WhoWithWhom, 'sides'>,
  { from, to }: Pick<MatrixFlow, 'from' | 'to'>,
): { href?: string } {
  if (from === OTHERS || to === OTHERS || from === NOT_STATED || to === NOT_STATED) return {}
  const [fromSide, toSide] = SIDES[sides]
  const values = { ...filter.values, [fromSide]: [from], [toSide]: [to] }
  return { href: `${at('/initiatives')}?${formatListingFilter(publicOnly({ ...filter, values }))}` }
}

function mostNamed(pairs: readonly CountryPair[], end: 'from' | 'to'): ReadonlySet<string> {
  const totals = new Map<string, number>()
  for (const pair of pairs) {
    if (pair.from !== NOT_STATED && pair.to !== NOT_STATED) totals.set(pair[end], (totals.get(pair[end]) ?? 0) + pair.rows)
  }
  const sorted = [...totals].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
  return new Set(sorted.slice(0, NAMED).map(([code]) => code))
}

/** Pairs of which a side is not drawn by name are added up under "others". */
function gather(pairs: readonly CountryPair[], from: ReadonlySet<string>, to: ReadonlySet<string>): MatrixFlow[] {
  const sums = new Map<string, MatrixFlow>()
  const lineOf = (code: string, named: ReadonlySet<string>) => (code === NOT_STATED || named.has(code) ? code : OTHERS)
  for (const pair of pairs) {
    const [a, b] = [lineOf(pair.from, from), lineOf(pair.to, to)]
    if (a === NOT_STATED && b === NOT_STATED) continue
    const key = `${a} ${b}`
    sums.set(key, { from: a, to: b, value: (sums.get(key)?.value ?? 0) + pair.rows })
  }
  return [...sums.values()]
}

function parties({ t }: PageRequest, flows: readonly MatrixFlow[], end: 'from' | 'to'): MatrixParty[] {
  const codes = [...new Set(flows.map((flow) => flow[end]))]
  const named = codes
    .filter((code) => code !== OTHERS && code !== NOT_STATED)
    .map((code) => ({ key: code, label: areaName(code, t.lang), region: regionNameOf(code, t.lang) }))
    .sort((a, b) => t.compare(a.region ?? '', b.region ?? '') || t.compare(a.label, b.label))
  return [
    ...named,
    ...(codes.includes(OTHERS) ? [{ key: OTHERS, label: t(`reporting.figures.matrix.others-${end}`) }] : []),
    ...(codes.includes(NOT_STATED) ? [{ key: NOT_STATED, label: t('components.not-stated'), notStated: true }] : []),
  ]
}

function regionNameOf(code: string, lang: string): string | undefined {
  const region = regionOf(code)?.region
  const found = listM49Regions().find((one) => one.code === region)
  return found && nameIn(found.names, lang)
}
