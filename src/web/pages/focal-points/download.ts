/** The directory of focal points as a file: what the list shows to whoever sees it, and so no contact data. */
import { areaName } from '../../../codes/index.ts'
import { textFor } from '../../../kernel/localized-text.ts'
import { type ListedFocalPoint, listFocalPoints } from '../../../modules/coordination/index.ts'
import { codedColumns, everyRow, type ListFile } from '../../list-files.ts'
import type { PageRequest } from '../../site.tsx'
import { languageName } from '../people/words.ts'
import { focalPointFilter } from './list-page.tsx'
import { personText } from './words.ts'

export async function focalPointsFile(request: PageRequest): Promise<ListFile> {
  const { t, context, actor, may } = request
  const filter = focalPointFilter(request)
  const seesPeople = may('directory.person.read')
  return {
    name: 'focal-points',
    title: t('coordination.title'),
    columns: [
      ...codedColumns(t, 'scope', t('coordination.field.scope')),
      ...codedColumns(t, 'country', t('coordination.field.country')),
      ...codedColumns(t, 'org', t('coordination.field.org')),
      { key: 'mechanism', header: t('coordination.field.mechanism') },
      ...(seesPeople
        ? [
            ...codedColumns(t, 'mechanismType', t('coordination.field.mechanismType')),
            { key: 'person', header: t('coordination.field.person') },
            { key: 'backup', header: t('coordination.field.backup') },
            { key: 'isMain', header: t('coordination.field.isMain') },
            ...codedColumns(t, 'languages', t('coordination.field.language')),
            ...codedColumns(t, 'state', t('coordination.field.state')),
            { key: 'from', header: t('coordination.field.from') },
            { key: 'to', header: t('coordination.field.to') },
            { key: 'confirmedAt', header: t('coordination.field.confirmedAt') },
          ]
        : []),
      { key: 'id', header: t('registry.column.id') },
    ],
    rows: await everyRow(
      (cursor) =>
        context.operations.run(
          listFocalPoints,
          { ...filter, lang: t.lang, limit: 500, ...(cursor === undefined ? {} : { cursor }) },
          actor,
        ),
      (row) => ({ ...subjectCells(t, row), ...detailCells(t, row), id: row.id }),
    ),
  }
}

function subjectCells(t: PageRequest['t'], { scope, countryCode, org, mechanism }: ListedFocalPoint) {
  return {
    scope: t(`coordination.scope.${scope}`),
    scopeCode: scope,
    country: countryCode === null ? undefined : areaName(countryCode, t.lang),
    countryCode,
    org: textFor(org?.names, t.lang)?.text,
    orgCode: org?.id,
    mechanism: textFor(mechanism ?? undefined, t.lang)?.text,
  }
}

function detailCells(t: PageRequest['t'], { details }: ListedFocalPoint) {
  if (details === null) return {}
  const { mechanismType, person, backup, isMain, languages, state, from, to, confirmedAt } = details
  return {
    mechanismType: mechanismType === null ? undefined : t(`coordination.mechanism.${mechanismType}`),
    mechanismTypeCode: mechanismType,
    person: personText(t, person),
    backup: backup === null ? undefined : personText(t, backup),
    isMain: t(isMain ? 'coordination.main' : 'coordination.further'),
    languages: languages.map((tag) => languageName(t, tag)),
    languagesCode: languages,
    state: t(`coordination.state.${state}`),
    stateCode: state,
    from,
    to,
    confirmedAt: confirmedAt?.slice(0, 10),
  }
}
