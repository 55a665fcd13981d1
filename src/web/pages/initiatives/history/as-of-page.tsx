/**
 * The record as of a date, where that date needs an answer of its own: none was given, it is no date, or it lies before the first
 * version. Every other date is answered by the page of the record.
 */
import { textFor } from '../../../../kernel/localized-text.ts'
import { Problem } from '../../../../kernel/problems.ts'
import { getInitiative, getInitiativeHistory } from '../../../../modules/registry/index.ts'
import { Notice, Page, partialDateFrom } from '../../../components/index.ts'
import type { PageContent, PageRequest } from '../../../site.tsx'
import { askedDay, detailPage } from '../detail/detail-page.tsx'
import { historyPage } from './history-page.tsx'

export async function recordPage(request: PageRequest): Promise<PageContent> {
  const { t, query } = request
  const typed = query.get('asOf') ?? partialDateFrom(Object.fromEntries(query), 'asOf') ?? ''
  const isAsked = query.has('asOf') || query.has('asOf-year')
  if (isAsked && askedDay(query) === undefined) {
    const error = typed === '' ? t('registry.wrong.date-needed') : t('registry.wrong.date', { found: typed })
    return historyPage(request, { typed, error })
  }
  try {
    return await detailPage(request)
  } catch (error) {
    const isTooEarly = isAsked && error instanceof Problem && error.code === 'registry.initiative-missing'
    if (!isTooEarly) throw error
    return beforeFirstPage(request, error)
  }
}

/** Throws `registry.initiative-missing` when there is no such record at any date. */
async function beforeFirstPage(request: PageRequest, missing: Problem): Promise<PageContent> {
  const { t, at, context, actor } = request
  const id = request.params.id ?? ''
  const { record, rights } = await context.operations.run(getInitiative, { id }, actor)
  if (!rights.includes('history')) throw missing
  const versions = await context.operations.run(getInitiativeHistory, { id }, actor)
  const first = versions.at(-1)
  if (first === undefined) throw new Problem('registry.initiative-missing', { id })
  const title = textFor(record.facts.title, t.lang)?.text ?? t('registry.detail.untitled', { id: record.identifier ?? id })
  return {
    title,
    place: 'initiatives',
    noIndex: true,
    // Of that date there is nothing, for programs too; people are told what there is.
    status: 404,
    body: (
      <Page
        title={title}
        kicker={t('registry.detail.kicker')}
        trail={[{ label: t('registry.list.title'), href: at('/initiatives') }]}
      >
        <Notice title={t('registry.detail.before-first', { date: t.instant(first.at) })}>
          <ul>
            <li>
              <a href={`${at(`/initiatives/${id}`)}?asOf=${encodeURIComponent(first.at)}`}>{t('registry.detail.first')}</a>
            </li>
            <li>
              <a href={at(`/initiatives/${id}`)}>{t('registry.detail.now')}</a>
            </li>
          </ul>
        </Notice>
      </Page>
    ),
  }
}
