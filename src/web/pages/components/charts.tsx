/** Gallery: each chart and map once, with parts that are not stated, long names and small islands. */
import { areaName, codeName, listM49Regions, nameIn, regionOf } from '../../../codes/index.ts'
import { BarChart, BubbleMap, GroupedBars, LineChart, Matrix, type MatrixParty, StackedShares } from '../../charts/index.ts'
import { useTranslator } from '../../components/index.ts'
import { Specimen } from './specimen.tsx'

/** Invented counts: partner types and how often each is mentioned. */
const MENTIONS: readonly (readonly [string, number])[] = [
  ['national_government', 309],
  ['regional_organization', 61],
  ['multilateral', 48],
  ['sub_national_government', 37],
  ['cso', 24],
  ['private_sector', 20],
  ['academia', 18],
]
const UNSTATED_MENTIONS = 15

/** Invented pairs: host, partner, projects. */
const PAIRS: readonly (readonly [string, string, number])[] = [
  ['BRA', 'MOZ', 9],
  ['BRA', 'HTI', 6],
  ['CHN', 'FJI', 5],
  ['CUB', 'JAM', 4],
  ['EGY', 'TZA', 7],
  ['IND', 'TUV', 1],
  ['IND', 'NPL', 8],
  ['IDN', 'PHL', 6],
  ['IDN', 'TON', 1],
  ['KEN', 'TZA', 5],
  ['RUS', 'KGZ', 7],
  ['ZAF', 'MOZ', 4],
  ['VEN', 'BOL', 6],
  ['VEN', 'DMA', 1],
  ['BRA', 'CPV', 3],
  ['TUR', 'SOM', 5],
]

export function Charts() {
  const t = useTranslator()
  const area = (code: string) => areaName(code, t.lang)
  const note = t('components.gallery.chart-note')
  const mentions = MENTIONS.reduce((sum, [, count]) => sum + count, UNSTATED_MENTIONS)
  const scales = (counts: readonly number[], unknown: number) => [
    ...['country_country', 'regional', 'global'].map((code, index) => ({
      key: code,
      label: codeName('scale', code, t.lang),
      value: counts[index] ?? 0,
      href: '#charts',
    })),
    { key: 'not-stated', label: t('components.not-stated'), value: unknown, notStated: true },
  ]
  const totals = new Map<string, number>()
  for (const [from, , value] of PAIRS) totals.set(from, (totals.get(from) ?? 0) + value)
  for (const [, to, value] of PAIRS) totals.set(to, (totals.get(to) ?? 0) + value)
  const party = (code: string): MatrixParty => ({ key: code, label: area(code), region: regionName(code, t.lang) })
  const distinct = (codes: readonly string[]) => [...new Set(codes)].map(party)
  return (
    <>
      <Specimen name="BarChart">
        <BarChart
          id="gallery-bars"
          title={t('components.gallery.bars-title')}
          subtitle={t('components.gallery.bars-subtitle')}
          alt={t('components.gallery.bars-alt')}
          note={note}
          unit="share"
          digits={1}
          category={t('components.gallery.kind')}
          values={[
            {
              key: 'not-stated',
              label: t('components.not-stated'),
              value: UNSTATED_MENTIONS / mentions,
              count: UNSTATED_MENTIONS,
              notStated: true,
            },
            ...MENTIONS.map(([code, count]) => ({
              key: code,
              label: codeName('partnerType', code, t.lang),
              value: count / mentions,
              count,
              href: '#charts',
            })),
          ]}
        />
      </Specimen>
      <Specimen name="StackedShares">
        <StackedShares
          id="gallery-shares"
          title={t('components.gallery.shares-title')}
          subtitle={t('components.gallery.shares-subtitle')}
          alt={t('components.gallery.shares-alt')}
          note={note}
          comparable={false}
          bars={[
            { label: t.date('2013'), parts: scales([170, 75, 20], 22) },
            { label: t.date('2014'), parts: scales([285, 145, 34], 5) },
          ]}
        />
      </Specimen>
      <Specimen name="GroupedBars">
        <GroupedBars
          id="gallery-grouped"
          title={t('components.gallery.grouped-title')}
          subtitle={t('components.gallery.grouped-subtitle')}
          alt={t('components.gallery.grouped-alt')}
          note={note}
          unit="share"
          digits={1}
          readings={[
            { key: 'all', label: t('components.gallery.reading-all') },
            { key: 'known', label: t('components.gallery.reading-known') },
          ]}
          groups={[
            {
              key: 'regional',
              label: codeName('scale', 'regional', t.lang),
              values: { all: 145 / 469, known: 145 / 464 },
              hrefs: { all: '#charts' },
              reported: { value: 0.31, shown: t.percent(0.31) },
            },
            {
              key: 'private',
              label: codeName('partnerType', 'private_sector', t.lang),
              values: { all: 0.126, known: 0.145 },
              reported: { value: 0.26, shown: t.percent(0.26) },
            },
            { key: 'cso', label: codeName('partnerType', 'cso', t.lang), values: { all: 0.08 } },
          ]}
        />
      </Specimen>
      <Specimen name="LineChart">
        <LineChart
          id="gallery-lines"
          title={t('components.gallery.lines-title')}
          subtitle={t('components.gallery.lines-subtitle')}
          alt={t('components.gallery.lines-alt')}
          note={note}
          unit="count"
          breaks={[2013]}
          series={[
            {
              key: 'country_country',
              label: codeName('scale', 'country_country', t.lang),
              points: yearly([120, 150, 155, 190, 260, 285]),
            },
            { key: 'regional', label: codeName('scale', 'regional', t.lang), points: yearly([40, undefined, 60, 75, 130, 145]) },
            { key: 'global', label: codeName('scale', 'global', t.lang), points: yearly([18, 20, 20, 24, 30, 34]) },
          ]}
        />
      </Specimen>
      <Specimen name="Matrix">
        <Matrix
          id="gallery-matrix"
          title={t('components.gallery.matrix-title')}
          subtitle={t('components.gallery.matrix-subtitle')}
          alt={t('components.gallery.matrix-alt')}
          note={note}
          limit={10}
          rows={[
            ...distinct(PAIRS.map(([from]) => from)),
            { key: 'unknown', label: t('components.not-stated'), notStated: true },
          ]}
          columns={distinct(PAIRS.map(([, to]) => to))}
          flows={[
            ...PAIRS.map(([from, to, value]) => ({ from, to, value, href: '#charts' })),
            { from: 'unknown', to: 'MOZ', value: 3 },
          ]}
        />
      </Specimen>
      <Specimen name="BubbleMap">
        <BubbleMap
          id="gallery-map"
          title={t('components.gallery.map-title')}
          subtitle={t('components.gallery.map-subtitle')}
          alt={t('components.gallery.map-alt')}
          note={note}
          category={t('components.gallery.country')}
          areas={[
            ...[...totals].map(([code, value]) => ({ key: code, label: area(code), value, href: '#charts' })),
            { key: 'not-stated', label: t('components.not-stated'), value: 7, notStated: true },
          ]}
          links={PAIRS.map(([from, to, value]) => ({ from, to, value }))}
        />
      </Specimen>
    </>
  )
}

function regionName(code: string, lang: string): string | undefined {
  const region = regionOf(code)?.region
  const found = listM49Regions().find((one) => one.code === region)
  return found && nameIn(found.names, lang)
}

function yearly(values: readonly (number | undefined)[]) {
  return values.flatMap((value, index) => (value === undefined ? [] : [{ year: 2009 + index, value }]))
}
