/** Where the parts of a document lead on this site. */
import type { Target } from '../../../documents/document-model.ts'
import { anchorOf } from '../../../documents/html/render-body.ts'
import type { PageRequest } from '../../site.tsx'
import { cardPath } from '../figures/figure-address.ts'

export function siteHref({ at }: Pick<PageRequest, 'at'>, target: Target): string {
  switch (target.to) {
    case 'figure':
      return at(cardPath(target))
    case 'value':
      return at(`/sources/values/${target.reference}`)
    case 'derived':
      return `#${anchorOf(target)}`
    case 'document':
      return documentHref(at, target.symbol)
    case 'paragraph':
      return `${documentHref(at, target.symbol)}#p${target.number}`
  }
}

/** Symbols hold slashes and spaces; as part of a path they are escaped. */
export function documentHref(at: PageRequest['at'], symbol: string): string {
  return at(`/sources/${encodeURIComponent(symbol)}`)
}
