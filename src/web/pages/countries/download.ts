/** Countries and areas with their counts, as a file. */
import { areaName } from '../../../codes/index.ts'
import { codedColumns, type ListFile } from '../../list-files.ts'
import type { PageRequest } from '../../site.tsx'
import { COUNTED_AS, readCountries, roleHeader } from './countries-page.tsx'

export async function countriesFile(request: PageRequest): Promise<ListFile> {
  const { t } = request
  const { shown } = await readCountries(request)
  return {
    name: 'countries',
    title: t('registry.countries.title'),
    columns: [
      ...codedColumns(t, 'country', t('registry.fact.country')),
      ...COUNTED_AS.map((role) => ({ key: role === 'country' ? 'anyPart' : role, header: roleHeader(t, role) })),
    ],
    rows: shown.map(({ iso3, counts: { country, ...counts } }) => ({
      country: areaName(iso3, t.lang),
      countryCode: iso3,
      anyPart: country,
      ...counts,
    })),
  }
}
