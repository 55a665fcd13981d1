/** Objections as a file: those that the list shows under its side and state. */
import { areaName } from '../../../codes/index.ts'
import type { Objection } from '../../../modules/registry/index.ts'
import { codedColumns, type ListFile } from '../../list-files.ts'
import type { PageRequest } from '../../site.tsx'
import { allObjections, objectionsIn, objectionsOfWorkspace } from './objections-page.tsx'
import { initiativeTitles } from './workspace-page.tsx'

export async function objectionsFile(request: PageRequest): Promise<ListFile> {
  return fileOf(request, (await objectionsOfWorkspace(request)).rows)
}

export async function allObjectionsFile(request: PageRequest): Promise<ListFile> {
  return fileOf(request, await allObjections(request))
}

async function fileOf(request: PageRequest, rows: readonly Objection[]): Promise<ListFile> {
  const { t } = request
  const shown = objectionsIn(request, rows)
  const titles = await initiativeTitles(
    request,
    shown.map(({ initiativeId }) => initiativeId),
  )
  return {
    name: 'objections',
    title: t('workspace.objections.title'),
    columns: [
      ...codedColumns(t, 'country', t('registry.fact.country')),
      ...codedColumns(t, 'kind', t('objections.field.kind')),
      { key: 'title', header: t('registry.column.title') },
      ...codedColumns(t, 'state', t('objections.field.state')),
      { key: 'initiative', header: t('registry.column.id') },
    ],
    rows: shown.map(({ country, kind, state, initiativeId }) => ({
      country: areaName(country, t.lang),
      countryCode: country,
      kind: t(`objections.kind.${kind}`),
      kindCode: kind,
      // A record that was withdrawn or made confidential keeps its name to itself.
      title: titles.get(initiativeId),
      state: t(`objections.state.${state}`),
      stateCode: state,
      initiative: titles.has(initiativeId) ? initiativeId : undefined,
    })),
  }
}
