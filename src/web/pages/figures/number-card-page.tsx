/** The card of one number as a page: what is counted over what, both readings, when, against which data, which rows, which verdict. */
import {
  countsText,
  definitionOf,
  definitionText,
  differenceText,
  figureTitle,
  figureValue,
  fractionText,
  overText,
  readingName,
  yearName,
} from '../../../documents/figure-words.ts'
import { listLanguages, ownNameOf } from '../../../i18n/languages.ts'
import { translatorFor } from '../../../i18n/translator.ts'
import { formatListingFilter, type ListingFilter, NOT_STATED } from '../../../modules/registry/index.ts'
import { type FigureCard, getFigure } from '../../../modules/reporting/index.ts'
import { formatReportedValue, formatSourcePlace } from '../../../modules/sources/index.ts'
import { DataTable, Notice, NumberCard, Page, SummaryList } from '../../components/index.ts'
import type { PageContent, PageRequest } from '../../site.tsx'
import { absoluteAddress } from '../initiatives/list/cite-list.ts'
import { namingOf } from '../initiatives/naming.ts'
import { collectionName } from '../initiatives/value-names.ts'
import { askedYear, cardPath, figuresAddress, furtherFilter, isFiltered } from './figure-address.ts'
import { FigureTable } from './figure-table.tsx'
import { yearsWithRows } from './figures-page.tsx'

/** Characters of the fingerprint that people read; the whole one is in the title of the text. */
const SHORT_VERSION = 12

export async function numberCardPage(request: PageRequest): Promise<PageContent> {
  const { t, at, actor, context, params, query } = request
  const year = askedYear(params.year) ?? NOT_STATED
  const filter = furtherFilter(query)
  const portfolio = params.portfolio ?? ''
  const card = await context.operations.run(getFigure, { portfolio, year, definition: params.definition ?? '', filter }, actor)
  const { figure, collection, readings } = card
  const definition = definitionOf(figure)
  const title = figureTitle(t, definition)
  const scope = t('reporting.figures.scope', { portfolio: collectionName(t, collection, portfolio), year: yearName(t, year) })
  const years = await yearsWithRows(request, portfolio)
  const all = `${at('/figures')}${figuresAddress(portfolio, year, filter)}`
  return {
    title: `${title}: ${scope}`,
    place: 'figures',
    dataKind: collection.kind === 'sample' ? 'sample' : undefined,
    noIndex: isFiltered(filter),
    about: { definitions: [{ label: t('reporting.figures.title'), href: at('/figures') }] },
    body: (
      <Page
        title={title}
        kicker={scope}
        trail={[
          { label: t('reporting.figures.title'), href: at('/figures') },
          { label: scope, href: all },
        ]}
      >
        {!years.includes(year) && (
          <Notice title={years.length === 0 ? t('reporting.figures.empty') : t('reporting.card.no-rows', { scope })}>
            <p>
              {years.map((one, index) => (
                <span key={one}>
                  {index > 0 && ' · '}
                  <a href={at(cardPath({ ...figure, year: one === NOT_STATED ? null : one }, filter))}>{yearName(t, one)}</a>
                </span>
              ))}
            </p>
          </Notice>
        )}
        <Card request={request} card={card} scope={scope} />
        {figure.rowsFilter === null && (
          <Notice>
            <p>{t('reporting.card.rows-in-no-list')}</p>
          </Notice>
        )}
        {isFiltered(filter) && (
          <Notice>
            <p>{t('reporting.figures.filtered')}</p>
          </Notice>
        )}
        <h2>{t('reporting.card.readings')}</h2>
        <p class="muted">{t('reporting.figures.words.reading')}</p>
        <FigureTable request={request} figures={readings} filter={filter} caption={t('reporting.card.readings')} />
        <p class="muted">
          {t('components.label', { label: t('reporting.figures.column.confirmed') })} {t('reporting.figures.words.confirmed')}
        </p>
        <h2>{t('reporting.card.data')}</h2>
        <SummaryList facts={await dataFacts(request, card, filter)} />
        <h2>{t('reporting.card.languages')}</h2>
        <DataTable
          caption={t('reporting.card.languages')}
          captionHidden
          rows={listLanguages().map((lang) => translatorFor(lang))}
          rowKey={(own) => own.lang}
          columns={[
            {
              key: 'language',
              label: t('reporting.card.language'),
              cell: (own) => <span lang={own.lang}>{ownNameOf(own.lang)}</span>,
            },
            {
              key: 'definition',
              label: t('reporting.card.definition'),
              cell: (own) => (
                <span lang={own.lang} dir={own.dir}>
                  {definitionText(own, definition)}
                </span>
              ),
            },
          ]}
        />
      </Page>
    ),
  }
}

function Card({ request, card, scope }: { readonly request: PageRequest; readonly card: FigureCard; readonly scope: string }) {
  const { t, at, context, query } = request
  const { figure, reported } = card
  const definition = definitionOf(figure)
  const title = figureTitle(t, definition)
  const value = figureValue(t, figure)
  const difference = differenceText(t, figure.difference)
  const fraction = fractionText(t, figure)
  return (
    <NumberCard
      title={`${title}, ${scope}`}
      value={value}
      {...(figure.denominator === null
        ? {}
        : {
            numerator: { value: figure.numerator, label: countsText(t, definition, figure.numerator) },
            denominator: { value: figure.denominator, label: overText(t, definition, figure.denominator) },
          })}
      definition={{ id: figure.definitionId, text: definitionText(t, definition) }}
      reading={readingName(t, definition)}
      when={figure.year === null ? undefined : String(figure.year)}
      rows={figure.rows}
      rowsHref={figure.rowsFilter === null ? undefined : `${at('/initiatives')}?${figure.rowsFilter}`}
      confirmed={figure.confirmed}
      {...(reported && {
        reported: {
          value: formatReportedValue(reported, t),
          source: formatSourcePlace(reported, t),
          href: at(`/sources/values/${reported.reference}`),
          difference,
        },
      })}
      verdict={figure.verdict}
      comparable={figure.comparable}
      cite={{
        citation: t('reporting.card.citation', {
          instance: context.instance.name,
          title,
          scope,
          reading: readingName(t, definition),
          value: value ?? t('components.not-stated'),
          fraction: fraction === undefined ? '' : t('reporting.card.in-brackets', { text: fraction }),
          id: figure.definitionId,
          version: card.dataVersion.slice(0, SHORT_VERSION),
          date: t.date(card.computedAt.slice(0, 10)),
        }),
        permalink: absoluteAddress(request, at(cardPath(figure, furtherFilter(query)))),
      }}
    />
  )
}

async function dataFacts(request: PageRequest, { collection, computedAt, dataVersion }: FigureCard, filter: ListingFilter) {
  const { t, at } = request
  const { source } = collection
  const naming = await namingOf(request)
  const set = Object.entries(filter.values).map(([field, values]) =>
    t('components.label', { label: t(`registry.field.${field}`) }).concat(
      ' ',
      t.list((values ?? []).map((value) => naming.names(field as keyof ListingFilter['values'], value))),
    ),
  )
  return [
    {
      label: t('reporting.card.list'),
      value: (
        <>
          <a href={`${at('/initiatives')}?${formatListingFilter({ values: { collection: [collection.key] } })}`}>
            {collectionName(t, collection, collection.key)}
          </a>
          {source && (
            <span class="muted" lang="en" dir="auto">
              {' '}
              {source.url === undefined ? source.name : <a href={source.url}>{source.name}</a>}
            </span>
          )}
        </>
      ),
    },
    ...(isFiltered(filter)
      ? [
          {
            label: t('reporting.card.filter'),
            value: [...set, ...(filter.search === undefined ? [] : [filter.search])].join('; '),
          },
        ]
      : []),
    { label: t('reporting.card.computed'), value: <time dateTime={computedAt}>{t.instant(computedAt)}</time> },
    {
      label: t('reporting.card.data-version'),
      value: (
        <>
          <code dir="ltr" title={dataVersion}>
            {dataVersion.slice(0, SHORT_VERSION)}
          </code>{' '}
          <span class="muted">{t('reporting.card.data-version-text')}</span>
        </>
      ),
    },
  ]
}
