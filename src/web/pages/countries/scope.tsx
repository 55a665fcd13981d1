/** Which collections a page about countries or organisations counts: the instance's own, or one that the reader asks for. */
import { type ListingFilter, listListings, parseListingFilter } from '../../../modules/registry/index.ts'
import { Notice } from '../../components/index.ts'
import type { PageRequest } from '../../site.tsx'
import { type Naming, namingOf } from '../initiatives/naming.ts'

export interface Scope {
  readonly filter: ListingFilter
  readonly naming: Naming
  readonly isSample: boolean
  /** True when the sample collections stand in for own data that are not there yet. */
  readonly insteadOfOwn: boolean
  /** The chosen collections as a part of an address: `collection=…`, or empty. */
  readonly address: string
}

/** Own data unless the address says otherwise; while there are none, the sample collections, and the page says so. */
export async function scopeOf(request: PageRequest): Promise<Scope> {
  const naming = await namingOf(request)
  const samples = sampleKeys(naming)
  const asked = parseListingFilter(request.query).values.collection
  const insteadOfOwn = !request.query.has('collection') && samples.length > 0 && !(await hasOwnRows(request))
  const collection = insteadOfOwn ? [...samples].sort() : asked
  const isSample = collection?.some((key) => samples.includes(key)) ?? false
  // "Own data" is said in the address too while the samples would come first without it.
  const saysOwn = collection === undefined && request.query.has('collection')
  const address = saysOwn ? 'collection=' : (collection ?? []).map((key) => `collection=${encodeURIComponent(key)}`).join('&')
  return { filter: { values: collection ? { collection } : {} }, naming, isSample, insteadOfOwn, address }
}

function sampleKeys({ collections }: Naming): string[] {
  return collections.filter(({ kind }) => kind === 'sample').map(({ key }) => key)
}

async function hasOwnRows({ context, actor }: PageRequest): Promise<boolean> {
  return (await context.operations.run(listListings, { filter: { values: {} }, limit: 1 }, actor)).total > 0
}

/** `path` in this scope. */
export function inScope({ address }: Scope, path: string): string {
  if (address === '') return path
  return `${path}${path.includes('?') ? '&' : '?'}${address}`
}

/** Own data or one collection; a choice that works without script. */
export function ScopeForm({ request: { t, path }, scope }: { readonly request: PageRequest; readonly scope: Scope }) {
  const chosen = (scope.filter.values.collection ?? []).join(',')
  const samples = sampleKeys(scope.naming)
  const all = [...samples].sort().join(',')
  return (
    <>
      {scope.insteadOfOwn && (
        <Notice>
          <p>
            {t('registry.scope.samples-shown')} <a href={`${path}?collection=`}>{t('registry.scope.show-own')}</a>
          </p>
        </Notice>
      )}
      <form method="get" action={path} class="form">
        <div class="filter-group">
          <label for="scope-collection">{t('registry.scope.label')}</label>
          <select id="scope-collection" name="collection">
            <option value="">{t('registry.scope.own')}</option>
            {samples.length > 1 && (
              <option value={all} selected={chosen === all}>
                {t('registry.scope.samples')}
              </option>
            )}
            {scope.naming.collections.map(({ key }) => (
              <option key={key} value={key} selected={key === chosen}>
                {scope.naming.names('collection', key)}
              </option>
            ))}
          </select>
        </div>
        <button type="submit" class="button button-secondary">
          {t('registry.scope.show')}
        </button>
      </form>
    </>
  )
}
