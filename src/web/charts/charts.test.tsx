/** The promises of the charts: what is unknown is shown, the table says the same as the drawing, Arabic is mirrored. */
import type { VNode } from 'preact'
import { describe, expect, test } from 'vitest'
import { listAreas } from '../../codes/index.ts'
import { translatorFor } from '../../i18n/translator.ts'
import { renderFragment } from '../components/index.ts'
import { AREA_POINTS } from './area-points.ts'
import { BarChart, BubbleMap, GroupedBars, LineChart, Matrix, StackedShares } from './index.ts'
import { textWidth, wrapText } from './text-measure.ts'

const render = (piece: VNode, lang = 'en') => renderFragment(piece, translatorFor(lang))

const frame = { id: 'f', title: 'The finding', subtitle: 'Share of 469 projects', alt: 'Regional has 145.' }

/** Texts of the first drawing, in the order in which they are drawn. */
function drawnTexts(html: string): string[] {
  const drawing = html.slice(html.indexOf('<svg'), html.indexOf('</svg>'))
  return [...drawing.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map((match) => match[1] ?? '')
}

/** Cells of the table below, row by row. */
function tableCells(html: string): string[][] {
  const body = html.slice(html.indexOf('<tbody'), html.indexOf('</tbody>'))
  return body
    .split('</tr>')
    .slice(0, -1)
    .map((row) => [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/g)].map((match) => (match[1] ?? '').replace(/<[^>]+>/g, '')))
}

const SCALES = [
  { key: 'unknown', label: 'not stated', value: 300, notStated: true },
  { key: 'regional', label: 'Regional', value: 145 },
  { key: 'country', label: 'Country to country', value: 285 },
]

describe('a bar chart', () => {
  const chart = <BarChart {...frame} values={SCALES} unit="count" />

  test('sorts by value and puts "not stated" last and hatched, however large it is', () => {
    expect(drawnTexts(render(chart))).toEqual(['Country to country', '285', 'Regional', '145', 'not stated', '300'])
    expect(render(chart).match(/fill="url\(#f-wide-unknown\)"/g)).toHaveLength(1)
  })

  test('has a table with the same values in the same order', () => {
    expect(tableCells(render(chart))).toEqual([
      ['Country to country', '285'],
      ['Regional', '145'],
      ['not stated', '300'],
    ])
  })

  test('is named by its title and its sentence', () => {
    const html = render(chart)
    expect(html).toContain('role="img" aria-labelledby="f-title f-alt"')
    expect(html).toContain('<p id="f-alt" hidden>Regional has 145.</p>')
  })

  test('begins each bar at zero: lengths are in proportion to values', () => {
    const widths = [...render(chart).matchAll(/<rect x="[\d.]+" y="[\d.]+" width="([\d.]+)" height="22"/g)].map((match) =>
      Number(match[1]),
    )
    expect((widths[1] ?? 0) / (widths[0] ?? 1)).toBeCloseTo(145 / 285, 2)
  })

  test('is mirrored in Arabic: bars end at the same edge on the right, and no direction is set on the text', () => {
    const edges = (html: string) =>
      [...html.matchAll(/<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)" height="22"/g)].map((match) => ({
        left: Number(match[1]),
        right: Number(match[1]) + Number(match[2]),
      }))
    const arabic = edges(render(chart, 'ar')).map((edge) => Math.round(edge.right))
    const english = edges(render(chart)).map((edge) => edge.left)
    expect(new Set(arabic).size).toBe(1)
    expect(new Set(english).size).toBe(1)
    expect(render(chart, 'ar')).not.toMatch(/direction=|dir="rtl"/)
  })

  test('shows shares rounded once, and stands without any value', () => {
    const share = render(
      <BarChart {...frame} unit="share" digits={1} values={[{ key: 'r', label: 'R', value: 145 / 469, count: 145 }]} />,
    )
    expect(drawnTexts(share)).toEqual(['R', '30.9%', '(145)'])
    expect(render(<BarChart {...frame} unit="count" values={[]} />)).not.toContain('NaN')
  })
})

describe('shares of a whole', () => {
  const parts = (global: number) => [
    { key: 'not-stated', label: 'not stated', value: 5, notStated: true },
    { key: 'country', label: 'Country to country', value: 285 },
    { key: 'regional', label: 'Regional', value: 145 },
    { key: 'global', label: 'Global', value: global },
  ]

  test('R32: add to the whole bar with "not stated" inside and last', () => {
    const html = render(<StackedShares {...frame} bars={[{ label: '', parts: parts(34) }]} />)
    const bars = [...html.slice(0, html.indexOf('</svg>')).matchAll(/width="([\d.]+)" height="34"/g)].map((match) =>
      Number(match[1]),
    )
    expect(bars.reduce((sum, width) => sum + width, 0)).toBeCloseTo(720, 0)
    expect(tableCells(html)).toEqual([
      ['Country to country', '61%', '285'],
      ['Regional', '31%', '145'],
      ['Global', '7%', '34'],
      ['not stated', '1%', '5'],
    ])
  })

  test('of years with different code lists say "not comparable"', () => {
    const bars = [
      { label: '2013', parts: parts(20) },
      { label: '2014', parts: parts(34) },
    ]
    expect(render(<StackedShares {...frame} bars={bars} comparable={false} />)).toContain('Not comparable')
    expect(render(<StackedShares {...frame} bars={bars} />)).not.toContain('Not comparable')
  })

  test('of a small sample say how many rows it has', () => {
    const bars = (value: number) => [{ label: '2014', parts: [{ key: 'a', label: 'A', value }] }]
    expect(drawnTexts(render(<StackedShares {...frame} bars={bars(12)} />))[0]).toBe('2014 · n = 12')
    expect(drawnTexts(render(<StackedShares {...frame} bars={bars(30)} />))[0]).toBe('2014')
  })

  test('of nothing are zero and not a fault', () => {
    expect(
      render(<StackedShares {...frame} bars={[{ label: '', parts: [{ key: 'a', label: 'A', value: 0 }] }]} />),
    ).not.toContain('NaN')
  })
})

describe('readings beside the printed value', () => {
  test('ruling 5: the printed value is quoted, and a reading that does not apply has no bar', () => {
    const html = render(
      <GroupedBars
        {...frame}
        unit="share"
        digits={1}
        readings={[
          { key: 'all', label: 'all rows' },
          { key: 'known', label: 'known scale' },
        ]}
        groups={[
          {
            key: 'r',
            label: 'Regional',
            values: { all: 145 / 469, known: 145 / 464 },
            reported: { value: 0.31, shown: '31 per cent' },
          },
          { key: 'c', label: 'CSO', values: { all: 0.08 } },
        ]}
      />,
    )
    expect(tableCells(html)).toEqual([
      ['Regional', '30.9%', '31.3%', '31 per cent'],
      ['CSO', '8.0%', '–', '–'],
    ])
    expect(drawnTexts(html)).toContain('31 per cent')
  })
})

describe('values over years', () => {
  test('run from left to right in Arabic too, and leave gaps where a year is missing or a break is declared', () => {
    const chart = (
      <LineChart
        {...frame}
        unit="count"
        breaks={[2014]}
        series={[
          {
            key: 'a',
            label: 'A',
            points: [2009, 2010, 2012, 2013, 2014].map((year, index) => ({ year, value: index + 1 })),
          },
        ]}
      />
    )
    const html = render(chart, 'ar')
    const first = html.slice(0, html.indexOf('</svg>'))
    const xs = [...first.matchAll(/<circle cx="([\d.]+)"/g)].map((match) => Number(match[1]))
    expect(xs).toEqual([...xs].sort((a, b) => a - b))
    // 2009-2010, 2012-2013 and 2014 alone
    expect(first.match(/<path /g)).toHaveLength(3)
    expect(tableCells(html)).toHaveLength(5)
  })
})

describe('who works with whom', () => {
  const party = (key: string, region: string) => ({ key, label: key, region })

  test('keeps the largest, gathers the rest, groups by region and leaves nothing out of the table', () => {
    const html = render(
      <Matrix
        {...frame}
        limit={2}
        rows={[
          party('A', 'North'),
          party('B', 'South'),
          party('C', 'North'),
          party('D', 'South'),
          { key: 'u', label: 'not stated', notStated: true },
        ]}
        columns={[party('X', 'East')]}
        flows={[
          { from: 'A', to: 'X', value: 2 },
          { from: 'B', to: 'X', value: 9 },
          { from: 'C', to: 'X', value: 5 },
          { from: 'D', to: 'X', value: 1 },
          { from: 'u', to: 'X', value: 3 },
        ]}
      />,
    )
    expect(drawnTexts(html)).toEqual(['X', 'North', 'C', '5', 'South', 'B', '9', '2 others', '3', 'not stated', '3'])
    expect(tableCells(html).map((row) => row[0])).toEqual(['B', 'C', 'not stated', 'A', 'D'])
  })
})

describe('the map', () => {
  test('has a point for every country and area of the code list', () => {
    expect(
      listAreas()
        .filter((area) => !AREA_POINTS.has(area.iso3))
        .map((area) => area.iso3),
    ).toEqual([])
  })

  test('never loses a small island State: its bubble has a minimum size and lies inside the drawing', () => {
    const islands = ['TUV', 'TON', 'KIR', 'FJI', 'WSM', 'DMA', 'COK']
    const html = render(
      <BubbleMap
        {...frame}
        areas={[{ key: 'BRA', label: 'Brazil', value: 10000 }, ...islands.map((key) => ({ key, label: key, value: 1 }))]}
      />,
    )
    const circles = [...html.slice(0, html.indexOf('</svg>')).matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)"/g)]
    expect(circles).toHaveLength(8)
    for (const [, x, , r] of circles) {
      expect(Number(r)).toBeGreaterThanOrEqual(3)
      expect(Number(x)).toBeGreaterThan(0)
      expect(Number(x)).toBeLessThan(720)
    }
  })

  test('says what it could not place, and keeps it in the table', () => {
    const html = render(<BubbleMap {...frame} areas={[{ key: 'ZZZ', label: 'Elsewhere', value: 4 }]} />)
    expect(html).toContain('1 area has no place on the map')
    expect(tableCells(html)).toEqual([['Elsewhere', '4']])
  })

  test('draws no border: dots and bubbles only', () => {
    expect(render(<BubbleMap {...frame} areas={[]} />)).not.toMatch(/<path[^>]*d="[^"]*[LZ]/)
  })
})

describe('the width of labels', () => {
  test('breaks into at most two lines that fit, in Russian, Arabic and Chinese', () => {
    for (const text of [
      'Организация гражданского общества и научно-исследовательских учреждений',
      'منظمة من منظمات المجتمع المدني ومؤسسات البحث',
      '民间社会组织与学术研究机构之间的合作伙伴关系',
    ]) {
      const lines = wrapText(text, 180, 15)
      expect(lines.length).toBeLessThanOrEqual(2)
      for (const line of lines) expect(textWidth(line, 15)).toBeLessThanOrEqual(180)
    }
  })

  test('keeps a short label whole and shows where a long one was cut', () => {
    expect(wrapText('Regional', 180, 15)).toEqual(['Regional'])
    expect(wrapText('one two three four five six seven', 60, 15).at(-1)).toMatch(/…$/)
  })
})
