/** Figures I, II and III, regions and types as charts, each with its table. The drawing says the finding; the caption says the reading. */
import { definitionOf, figureValue, nounText, SHARE_DIGITS, subjectName } from '../../../documents/figure-words.ts'
import type { ListingFilter } from '../../../modules/registry/index.ts'
import type { Figure, FigureDefinition } from '../../../modules/reporting/index.ts'
import { BarChart, type ChartValue, StackedShares } from '../../charts/index.ts'
import { Notice } from '../../components/index.ts'
import type { PageRequest } from '../../site.tsx'
import { cardPath } from './figure-address.ts'
import { FigureTable } from './figure-table.tsx'

export interface FigureSectionProps {
  readonly request: PageRequest
  readonly group: FigureDefinition['group']
  /** All figures of the portfolio and year. */
  readonly figures: readonly Figure[]
  readonly filter: ListingFilter
  readonly scope: string
}

/** The reading that is drawn; the table has all of them. */
const DRAWN: Partial<Record<FigureDefinition['group'], { family: string; noun: 'rows' | 'mentions'; unknown?: string }>> = {
  'figure-i': { family: 'partners.type.mentions', noun: 'mentions' },
  'figure-ii': { family: 'scale.all-rows', noun: 'rows', unknown: 'scale.not-stated.all-rows' },
  'figure-iii': { family: 'roles.rows-with-role', noun: 'rows' },
  regions: { family: 'regions.rows', noun: 'rows' },
  'cooperation-types': { family: 'cooperation-type.rows', noun: 'rows' },
}

export function FigureSection({ request, group, figures, filter, scope }: FigureSectionProps) {
  const { t } = request
  const ofGroup = figures.filter((figure) => figure.group === group)
  const title = t(`reporting.figures.group.${group}`)
  // A type that no row names is a row of noughts: the table keeps what the rows name, and every reading that a source compares.
  const shown = ofGroup.filter((figure) => figure.numerator > 0 || figure.reported !== null || !definitionOf(figure).subject)
  return (
    <section aria-labelledby={`group-${group}`}>
      <h2 id={`group-${group}`}>{title}</h2>
      {ofGroup.some(({ comparable }) => comparable === 'no') && (
        <Notice>
          <p>{t('reporting.figures.not-comparable')}</p>
        </Notice>
      )}
      <FigureChart request={request} group={group} figures={ofGroup} filter={filter} scope={scope} />
      <FigureTable request={request} figures={shown} filter={filter} caption={t('reporting.figures.table', { group: title })} />
    </section>
  )
}

function FigureChart({ request, group, figures, filter, scope }: FigureSectionProps) {
  const { t, at } = request
  const drawn = DRAWN[group]
  if (!drawn) return null
  const parts = figures.filter((figure) => definitionOf(figure).family === drawn.family && figure.numerator > 0)
  const unknown = figures.find(({ definitionId }) => definitionId === drawn.unknown)
  const largest = [...parts].sort((a, b) => b.numerator - a.numerator)[0]
  const base = (largest ?? unknown)?.denominator ?? 0
  if (largest === undefined) return <p class="muted">{t('reporting.figures.finding-none')}</p>
  const share = (figure: Figure) => figureValue(t, figure) ?? t('components.not-stated')
  const name = (figure: Figure) => subjectName(t, definitionOf(figure)) || t('components.not-stated')
  const all = unknown && unknown.numerator > 0 ? [...parts, unknown] : parts
  const items = all.map((figure) => t('reporting.figures.alt-item', { label: name(figure), share: share(figure) }))
  const frame = {
    id: `chart-${group}`,
    title: t('reporting.figures.finding', { name: name(largest), share: share(largest) }),
    subtitle: t('reporting.figures.subtitle', { count: t.number(base), noun: nounText(t, drawn.noun, base), scope }),
    alt: t('reporting.figures.alt', { items: t.list(items) }),
    note: t(`reporting.figures.note.${group}`),
  }
  const value = (figure: Figure, of: 'count' | 'share'): ChartValue => ({
    key: figure.definitionId,
    label: name(figure),
    value: of === 'count' ? figure.numerator : (figure.value ?? 0),
    href: at(cardPath(figure, filter)),
    ...(of === 'share' ? { count: figure.numerator } : {}),
    ...(figure === unknown ? { notStated: true } : {}),
  })
  if (group === 'figure-ii')
    return <StackedShares {...frame} digits={SHARE_DIGITS} bars={[{ label: '', parts: all.map((one) => value(one, 'count')) }]} />
  return <BarChart {...frame} unit="share" digits={SHARE_DIGITS} values={all.map((one) => value(one, 'share'))} />
}
