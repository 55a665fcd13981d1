/** Indicators of a result with their starting points, targets and values by period, as a published file states them. */
import { codeName } from '../../../../codes/index.ts'
import { textFor } from '../../../../kernel/localized-text.ts'
import type { InitiativeFacts } from '../../../../modules/registry/index.ts'
import { DataTable } from '../../../components/index.ts'
import { periodText } from '../words.ts'
import type { DetailProps } from './detail-page.tsx'

type Result = NonNullable<InitiativeFacts['results']>[number]
type Indicator = NonNullable<Result['indicators']>[number]

interface Line {
  readonly key: string
  readonly statement: string
  readonly indicator: Indicator
  readonly period: NonNullable<Indicator['periods']>[number] | undefined
}

/** Beyond this the page grows past what a slow line carries; the export has all. */
const SHOWN_LINES = 50

export function IndicatorsTable({ request: { t }, view }: DetailProps) {
  const lines = linesOf(view.record.facts.results ?? [])
  if (lines.length === 0) return null
  const rest = lines.length - SHOWN_LINES
  return (
    <>
      <h3>{t('published.indicators.title')}</h3>
      <DataTable
        caption={t('published.indicators.title')}
        captionHidden
        columns={[
          { key: 'result', label: t('registry.fact.statement'), cell: ({ statement }) => <bdi>{statement}</bdi> },
          {
            key: 'indicator',
            label: t('registry.fact.indicator'),
            rowHeader: true,
            cell: ({ indicator }) => <IndicatorName t={t} indicator={indicator} />,
          },
          { key: 'baseline', label: t('registry.fact.baseline'), cell: ({ indicator }) => baselineText(indicator) },
          { key: 'when', label: t('registry.fact.when'), cell: ({ period }) => periodText(t, period?.period) },
          { key: 'target', label: t('registry.fact.target'), cell: ({ period }) => period?.target },
          { key: 'actual', label: t('registry.fact.actual'), cell: ({ period }) => period?.actual },
        ]}
        rows={lines.slice(0, SHOWN_LINES)}
        rowKey={({ key }) => key}
      />
      {rest > 0 && <p class="muted">{t('published.fact.more', { count: rest, shown: t.number(rest) })}</p>}
    </>
  )
}

function linesOf(results: readonly Result[]): Line[] {
  return results.flatMap(({ statement, indicators = [] }, result) =>
    indicators.flatMap((indicator, place) => {
      const periods = indicator.periods?.length ? indicator.periods : [undefined]
      return periods.map((period, index) => ({ key: `${result} ${place} ${index}`, statement, indicator, period }))
    }),
  )
}

function IndicatorName({ t, indicator }: { readonly t: DetailProps['request']['t']; readonly indicator: Indicator }) {
  const { title, measure, references = [] } = indicator
  const about = [
    measure === undefined ? undefined : codeName('iati.IndicatorMeasure', measure, t.lang),
    ...references.map(({ code }) => code),
  ].filter((part) => part !== undefined)
  return (
    <>
      <bdi>{textFor(title, t.lang)?.text ?? t('components.not-stated')}</bdi>
      {about.length > 0 && <div class="muted">{about.join(' · ')}</div>}
    </>
  )
}

function baselineText({ baselines = [] }: Indicator): string | undefined {
  const texts = baselines.map(({ year, value }) => [value, year && `(${year})`].filter((part) => part !== undefined).join(' '))
  return texts.filter((text) => text !== '').join(' · ') || undefined
}
