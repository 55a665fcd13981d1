/**
 * The worked example: numbers as the 2015 report prints them, what the published rows give, and the verdict in careful words
 * (domain ruling 4). It lives on sample data, which stay outside the totals and go in one step.
 */
import { definitionOf, figureTitle, figureValue } from '../../../documents/figure-words.ts'
import type { Collection } from '../../../modules/registry/index.ts'
import { computeFigures, type Figure } from '../../../modules/reporting/index.ts'
import { Button, ButtonLink, ButtonRow, DataTable, Notice, NumberDoor, Panel, Verdict } from '../../components/index.ts'
import type { PageRequest } from '../../site.tsx'

const PORTFOLIO = 'undp-2014'
const YEAR = 2014
/** Both numbers of the headline, one share that needs rounding, and one that the rows do not give (¶30 to ¶32). */
const SHOWN = ['projects.rows', 'countries.hosts', 'scale.regional.all-rows', 'partners.non-government.mentions']

export interface WorkedExample {
  readonly samples: readonly Collection[]
  readonly figures: readonly Figure[]
}

export async function workedExample({ context, actor }: PageRequest, samples: readonly Collection[]): Promise<WorkedExample> {
  if (!samples.some(({ key }) => key === PORTFOLIO)) return { samples, figures: [] }
  const figures = await context.operations.run(computeFigures, { portfolio: PORTFOLIO, year: YEAR }, actor)
  return { samples, figures: SHOWN.flatMap((id) => figures.find((figure) => figure.definitionId === id) ?? []) }
}

export function SampleNotice({
  request: { t, at, may },
  samples,
}: {
  readonly request: PageRequest
  readonly samples: readonly Collection[]
}) {
  if (samples.length === 0) return null
  return (
    <Notice title={t('site.home.sample.title', { count: samples.length, shown: t.number(samples.length) })}>
      {may('registry.collection.remove') && (
        <ButtonRow>
          <ButtonLink href={at('/sample-data/remove')} kind="secondary">
            {t('site.home.sample.remove')}
          </ButtonLink>
        </ButtonRow>
      )}
    </Notice>
  )
}

export function ExamplePanel({ request, figures }: { readonly request: PageRequest; readonly figures: readonly Figure[] }) {
  const { t, at } = request
  if (figures.length === 0) return <WithoutSamples request={request} />
  return (
    <Panel title={t('site.home.example.title')} id="example">
      <p>{t('site.home.example.text')}</p>
      <DataTable
        caption={t('site.home.example.title')}
        captionHidden
        columns={[
          { key: 'what', label: t('site.home.example.what'), cell: (figure) => figureTitle(t, definitionOf(figure)) },
          { key: 'printed', label: t('site.home.example.printed'), kind: 'number', cell: (figure) => printed(request, figure) },
          { key: 'para', label: t('site.home.example.para'), kind: 'number', cell: (figure) => figure.reported?.para },
          {
            key: 'rows',
            label: t('site.home.example.rows'),
            kind: 'number',
            cell: (figure) => (
              <NumberDoor
                href={at(`/figures/${PORTFOLIO}/${YEAR}/${figure.definitionId}`)}
                definition={figureTitle(t, definitionOf(figure))}
              >
                {figureValue(t, figure)}
              </NumberDoor>
            ),
          },
          { key: 'verdict', label: t('site.home.example.verdict'), cell: (figure) => <Verdict verdict={figure.verdict} /> },
        ]}
        rows={figures}
        rowKey={(figure) => figure.definitionId}
      />
      <ButtonRow>
        <ButtonLink href={at('/reports/mainstreaming-2015')} kind="secondary">
          {t('site.home.example.report')}
        </ButtonLink>
        <ButtonLink href={`${at('/figures')}?collection=${PORTFOLIO}&year=${YEAR}`} kind="quiet">
          {t('site.home.example.figures')}
        </ButtonLink>
        <ButtonLink href={`${at('/initiatives')}?collection=${PORTFOLIO}`} kind="quiet">
          {t('site.home.example.list')}
        </ButtonLink>
      </ButtonRow>
    </Panel>
  )
}

function WithoutSamples({ request: { t, at, may } }: { readonly request: PageRequest }) {
  if (!may('registry.collection.remove')) return null
  return (
    <Panel title={t('site.home.example.title')} id="example">
      <p>{t('site.home.sample.absent')}</p>
      <form method="post" action={at('/sample-data/load')}>
        <ButtonRow>
          <Button kind="secondary">{t('site.home.sample.load')}</Button>
        </ButtonRow>
      </form>
    </Panel>
  )
}

/** The value as printed; a link to the paragraph it stands in. */
function printed({ t, at }: PageRequest, { reported }: Figure) {
  if (!reported) return undefined
  const percent = /^(\d+) %$/.exec(reported.value)?.[1]
  return (
    <a href={at(`/sources/values/${reported.key}`)}>
      <bdi>{percent === undefined ? t.number(Number(reported.value)) : t.percent(Number(percent) / 100)}</bdi>
    </a>
  )
}
