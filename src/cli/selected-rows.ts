/** Which rows the options `--portfolio` and `--filter` mean, for every verb that takes them. */
import { collectionsOf, type ListingAbout } from '../jobs/exports/listing-about.ts'
import { Problem } from '../kernel/problems.ts'
import {
  formatListingFilter,
  type ListingFilter,
  listCollectionsQuery,
  parseListingFilter,
  withFilterValue,
} from '../modules/registry/index.ts'
import { LOCAL_ADMINISTRATOR, type Operations } from '../operations/index.ts'
import type { CliCall, CliOption } from './command.ts'

export const SELECTION_OPTIONS: readonly CliOption[] = [
  { name: 'portfolio', value: 'NAME', meaning: 'One portfolio; by default all working portfolios.' },
  {
    name: 'filter',
    value: 'EXPR',
    meaning: 'Filter as in the address of the list, for example "host=AGO&scale=regional&q=water".',
  },
]

export interface Selected {
  readonly filter: ListingFilter
  readonly about: ListingAbout
}

/** Errors: Problem `registry.collection-missing`. */
export async function selectRows(call: CliCall, operations: Operations): Promise<Selected> {
  const given = parseListingFilter((call.option('filter') ?? '').replace(/^.*\?/, ''))
  const portfolio = call.option('portfolio')
  const collections = await operations.run(listCollectionsQuery, {}, LOCAL_ADMINISTRATOR)
  if (portfolio !== undefined && !collections.some(({ key }) => key === portfolio))
    throw new Problem('registry.collection-missing', { collection: portfolio })
  const filter = portfolio === undefined ? given : withFilterValue(given, 'collection', [portfolio])
  return {
    filter,
    about: {
      filter: formatListingFilter(filter).toString(),
      day: new Date().toISOString().slice(0, 10),
      collections: collectionsOf(filter, collections),
    },
  }
}
