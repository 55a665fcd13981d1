/** Who has named no focal point, as a file. */
import { areaName } from '../../../codes/index.ts'
import { codedColumns, type ListFile } from '../../list-files.ts'
import type { PageRequest } from '../../site.tsx'
import { gapsTitle, readGaps, regionName } from './gaps-page.tsx'

export async function gapsFile(request: PageRequest): Promise<ListFile> {
  const { t } = request
  const gaps = await readGaps(request)
  const isOfCountries = gaps.of === 'countries'
  return {
    name: `focal-points-missing-${gaps.of}`,
    title: gapsTitle(t, gaps),
    columns: [
      ...(isOfCountries ? [] : codedColumns(t, 'org', t('coordination.field.org'))),
      ...codedColumns(t, 'country', t('coordination.field.country')),
      ...codedColumns(t, 'region', t('coordination.field.region')),
    ],
    rows: gaps.rows.map(({ code, name, countryCode, regionCode }) => ({
      ...(isOfCountries ? {} : { org: name, orgCode: code }),
      country: countryCode === null ? undefined : areaName(countryCode, t.lang),
      countryCode,
      region: regionName(t, regionCode),
      regionCode,
    })),
  }
}
