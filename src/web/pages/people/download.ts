/** The directory of people as a file: what the list shows to whoever sees it, and so no contact data. */
import { areaName } from '../../../codes/index.ts'
import { listPersons } from '../../../modules/directory/index.ts'
import { codedColumns, everyRow, type ListFile } from '../../list-files.ts'
import type { PageRequest } from '../../site.tsx'
import { personFilter } from './people-page.tsx'
import { languageName, orgNameOf } from './words.ts'

export async function peopleFile(request: PageRequest): Promise<ListFile> {
  const { t, context, actor } = request
  const filter = personFilter(request)
  return {
    name: 'people',
    title: t('people.title'),
    columns: [
      { key: 'name', header: t('people.field.name') },
      { key: 'otherNames', header: t('people.field.otherNames') },
      { key: 'org', header: t('people.field.org') },
      { key: 'title', header: t('people.field.title') },
      ...codedColumns(t, 'languages', t('people.field.languages')),
      ...codedColumns(t, 'country', t('people.field.countryCode')),
      { key: 'id', header: t('registry.column.id') },
    ],
    rows: await everyRow(
      (cursor) => context.operations.run(listPersons, { ...filter, ...(cursor === undefined ? {} : { cursor }) }, actor),
      ({ id, name, otherNames, affiliations, languages, countryCode }) => ({
        name,
        otherNames,
        org: affiliations.map((affiliation) => orgNameOf(t, affiliation)),
        title: affiliations.flatMap(({ title }) => title ?? []),
        languages: languages.map((tag) => languageName(t, tag)),
        languagesCode: languages,
        country: countryCode === null ? undefined : areaName(countryCode, t.lang),
        countryCode,
        id,
      }),
    ),
  }
}
