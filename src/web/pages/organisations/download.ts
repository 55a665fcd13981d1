/** The directory of organisations as a file. */
import { areaName, codeName } from '../../../codes/index.ts'
import { textFor } from '../../../kernel/localized-text.ts'
import { listOrgs } from '../../../modules/directory/index.ts'
import { codedColumns, everyRow, type ListFile } from '../../list-files.ts'
import type { PageRequest } from '../../site.tsx'
import { acronymOf, orgFilter } from './organisations-page.tsx'

export async function organisationsFile(request: PageRequest): Promise<ListFile> {
  const { t, context, actor } = request
  const filter = orgFilter(request)
  return {
    name: 'organisations',
    title: t('registry.orgs.title'),
    columns: [
      { key: 'name', header: t('registry.orgs.name') },
      { key: 'acronym', header: t('registry.orgs.acronym') },
      ...codedColumns(t, 'type', t('codes.list.orgType')),
      ...codedColumns(t, 'country', t('registry.fact.country')),
      { key: 'iatiId', header: 'IATI' },
      { key: 'id', header: t('registry.column.id') },
    ],
    rows: await everyRow(
      (cursor) =>
        context.operations.run(
          listOrgs,
          { lang: t.lang, ...filter, limit: 200, ...(cursor === undefined ? {} : { cursor }) },
          actor,
        ),
      (org) => ({
        name: textFor(org.names, t.lang)?.text,
        acronym: acronymOf(org, t.lang),
        type: codeName('orgType', org.orgType, t.lang),
        typeCode: org.orgType,
        country: org.countryCode === null ? undefined : areaName(org.countryCode, t.lang),
        countryCode: org.countryCode,
        iatiId: org.iatiId,
        id: org.id,
      }),
    ),
  }
}
