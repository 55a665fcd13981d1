/** Which collections a page about countries or organisations counts: the instance's own, or one that the reader asks for. */
import { type ListingFilter, parseListingFilter } from '../../../modules/registry/index.ts'
import type { PageRequest } from '../../site.tsx'
import { type Naming, namingOf } from '../initiatives/naming.ts'

export interface Scope {
  readonly filter: ListingFilter
  readonly naming: Naming
  readonly isSample: boolean
  /** The chosen collections as a part of an address: `collection=…`, or empty. */
  readonly address: string
}

export async function scopeOf(request: PageRequest): Promise<Scope> {
  const { collection } = parseListingFilter(request.query).values
  const naming = await namingOf(request)
  const isSample = naming.collections.some(({ key, kind }) => kind === 'sample' && collection?.includes(key))
  const address = (collection ?? []).map((key) => `collection=${encodeURIComponent(key)}`).join('&')
  return { filter: { values: collection ? { collection } : {} }, naming, isSample, address }
}

/** `path` in this scope. */
export function inScope({ address }: Scope, path: string): string {
  if (address === '') return path
  return `${path}${path.includes('?') ? '&' : '?'}${address}`
}

/** Own data or one collection; a choice that works without script. */
export function ScopeForm({ request: { t, path }, scope }: { readonly request: PageRequest; readonly scope: Scope }) {
  const chosen = scope.filter.values.collection?.[0] ?? ''
  return (
    <form method="get" action={path} class="form">
      <div class="filter-group">
        <label for="scope-collection">{t('registry.scope.label')}</label>
        <select id="scope-collection" name="collection">
          <option value="">{t('registry.scope.own')}</option>
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
  )
}
