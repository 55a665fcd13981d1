/**
 * What else answers the question of a list: searched words that name a country lead to everything in which it took part, and where
 * the own data have nothing, the sample collections that have something are named with their counts.
 */
import { areaName, resolveAreaName } from '../../../../codes/index.ts'
import { type ListingFilter, listListings, withFilterValue } from '../../../../modules/registry/index.ts'
import { Notice } from '../../../components/index.ts'
import type { PageRequest } from '../../../site.tsx'
import type { Naming } from '../naming.ts'
import { listAddress } from './list-address.ts'

interface Counted {
  readonly filter: ListingFilter
  readonly rows: number
}

export interface CountryAnswer extends Counted {
  readonly iso3: string
  readonly inSamples: readonly SampleAnswer[]
}

export interface SampleAnswer extends Counted {
  readonly collection: string
}

/** Countries that the searched words name: one, or each that an unclear name may mean. */
export function countriesSearched(search: string | undefined): readonly string[] {
  if (search === undefined) return []
  const resolved = resolveAreaName(search)
  if (resolved.status === 'unknown') return []
  return resolved.status === 'found' ? [resolved.iso3, ...(resolved.caution?.candidates ?? [])] : resolved.candidates
}

/** For each country that was searched: the rows in which it took part, in the collections that the list asks for. */
export async function countryAnswers(request: PageRequest, filter: ListingFilter, naming: Naming): Promise<CountryAnswer[]> {
  const answers: CountryAnswer[] = []
  const { collection } = filter.values
  for (const iso3 of new Set(countriesSearched(filter.search))) {
    const asked: ListingFilter = { values: { ...(collection ? { collection } : {}), country: [iso3] } }
    const rows = await countRows(request, asked)
    answers.push({ iso3, filter: asked, rows, inSamples: rows > 0 ? [] : await sampleAnswers(request, asked, naming) })
  }
  return answers
}

/** Sample collections with rows under this filter; none when the filter already names collections. */
export async function sampleAnswers(request: PageRequest, filter: ListingFilter, naming: Naming): Promise<SampleAnswer[]> {
  const samples = naming.collections.filter(({ kind }) => kind === 'sample').map(({ key }) => key)
  if (filter.values.collection || samples.length === 0) return []
  const answers: SampleAnswer[] = []
  for (const collection of samples) {
    const inSample = withFilterValue(filter, 'collection', [collection])
    const rows = await countRows(request, inSample)
    if (rows > 0) answers.push({ collection, filter: inSample, rows })
  }
  return answers
}

async function countRows({ context, actor }: PageRequest, filter: ListingFilter): Promise<number> {
  return (await context.operations.run(listListings, { filter, limit: 1 }, actor)).total
}

interface CountryAnswersProps {
  readonly request: PageRequest
  readonly naming: Naming
  readonly answers: readonly CountryAnswer[]
}

export function CountryAnswers({ request, naming, answers }: CountryAnswersProps) {
  const { t, at } = request
  if (answers.length === 0) return null
  return (
    <Notice>
      <ul>
        {answers.map(({ iso3, filter, rows, inSamples }) => {
          const words = t('registry.list.country-in', { country: areaName(iso3, t.lang), shown: t.number(rows) })
          return (
            <li key={iso3}>
              {rows === 0 ? words : <a href={listAddress(at('/initiatives'), { filter, sort: 'listed' })}>{words}</a>} ·{' '}
              <a href={at(`/countries/${iso3}`)}>{t('registry.list.country-page', { country: areaName(iso3, t.lang) })}</a>
              <SampleAnswers request={request} naming={naming} answers={inSamples} />
            </li>
          )
        })}
      </ul>
    </Notice>
  )
}

interface SampleAnswersProps {
  readonly request: PageRequest
  readonly naming: Naming
  readonly answers: readonly SampleAnswer[]
}

export function SampleAnswers({ request: { t, at }, naming, answers }: SampleAnswersProps) {
  if (answers.length === 0) return null
  return (
    <ul>
      {answers.map(({ collection, filter, rows }) => (
        <li key={collection}>
          <a href={listAddress(at('/initiatives'), { filter, sort: 'listed' })}>
            {t('registry.list.in-sample', {
              name: naming.names('collection', collection),
              count: rows,
              shown: t.number(rows),
            })}
          </a>
        </li>
      ))}
    </ul>
  )
}
