/** Says what of the address the list could not read, so that nobody takes a longer list for the answer to a question. */
import { resolveAreaName } from '../../../../codes/index.ts'
import { FILTER_FIELDS, type FilterField, withFilterValue } from '../../../../modules/registry/index.ts'
import { Notice } from '../../../components/index.ts'
import type { PageRequest } from '../../../site.tsx'
import type { Naming } from '../naming.ts'
import { type ListQuery, listAddress } from './list-address.ts'
import { unreadFilters } from './unread-filters.ts'

interface UnreadNoticeProps {
  readonly request: PageRequest
  readonly query: ListQuery
  readonly naming: Naming
}

const COUNTRY_FIELDS: readonly FilterField[] = ['country', 'host', 'partner', 'provider', 'recipient']

export function UnreadNotice({ request, query, naming }: UnreadNoticeProps) {
  const { t } = request
  const { names, values } = unreadFilters(request.query, query, naming.collections)
  if (names.length + values.length === 0) return null
  return (
    <Notice kind="bad" title={t('registry.list.unread')}>
      <ul>
        {names.map((name) => (
          <li key={name}>
            {t('registry.list.unread-name', { name: `\u2068${name}\u2069` })}{' '}
            <span dir="ltr">
              <code>{FILTER_FIELDS.join(', ')}</code>
            </span>
          </li>
        ))}
        {values.map(({ field, value }) => (
          <li key={`${field} ${value}`}>
            {t('registry.list.unread-value', { field: t(`registry.field.${field}`), value: `\u2068${value}\u2069` })}{' '}
            <MeantCountry request={request} query={query} naming={naming} field={field} value={value} />
          </li>
        ))}
      </ul>
    </Notice>
  )
}

/** Filters hold codes; a name that one country has leads to the list that was meant. */
function MeantCountry({
  request: { at },
  query,
  naming,
  field,
  value,
}: UnreadNoticeProps & { readonly field: FilterField; readonly value: string }) {
  const found = COUNTRY_FIELDS.includes(field) ? resolveAreaName(value) : undefined
  if (found?.status !== 'found') return null
  const others = (query.filter.values[field] ?? []).filter((other) => other !== value)
  const filter = withFilterValue(query.filter, field, [...others, found.iso3])
  return (
    <a href={listAddress(at('/initiatives'), { ...query, filter })}>
      {naming.names(field, found.iso3)} <bdi>({found.iso3})</bdi>
    </a>
  )
}
