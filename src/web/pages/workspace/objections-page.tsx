/** All objections of a workspace, by side and state; for the secretariat those of the whole registry. */
import { getWorkspace, listObjections, OBJECTION_STATES, type Objection } from '../../../modules/registry/index.ts'
import { Page, Tabs } from '../../components/index.ts'
import { listFileLinks } from '../../list-files.ts'
import type { PageContent, PageRequest } from '../../site.tsx'
import { ObjectionTable } from './objections-section.tsx'
import { askedWorkspace, workspaceAddress, workspaceName } from './words.ts'
import { initiativeTitles } from './workspace-page.tsx'

/** The side that is asked for, also for its downloads. */
export async function objectionsOfWorkspace(request: PageRequest) {
  const { context, actor, query } = request
  const key = askedWorkspace(request)
  const workspace = await context.operations.run(getWorkspace, key, actor)
  const sides = key.kind === 'country' ? (['raised', 'received'] as const) : (['received'] as const)
  const side = sides.find((one) => one === query.get('side')) ?? sides[0]
  return { key, workspace, sides, side, rows: workspace[side] }
}

export async function objectionsPage(request: PageRequest): Promise<PageContent> {
  const { t } = request
  const { key, workspace, sides, side, rows } = await objectionsOfWorkspace(request)
  const address = workspaceAddress(request, key, '/objections')
  return page(request, {
    rows,
    path: `/workspace/${key.kind}/${encodeURIComponent(key.id)}/objections`,
    base: `${address}?side=${side}`,
    trail: [{ label: workspaceName(t, key, workspace.scope.names), href: workspaceAddress(request, key) }],
    sides: sides.map((one) => ({
      label: t(`workspace.objections.${one}`),
      href: `${address}?side=${one}`,
      count: t.number(workspace[one].length),
      current: one === side,
    })),
    empty: t(`workspace.objections.none-${side}`),
  })
}

const MOST = 500

export function allObjections({ context, actor }: PageRequest): Promise<Objection[]> {
  return context.operations.run(listObjections, { limit: MOST }, actor)
}

/** Those in the state that is asked for. */
export function objectionsIn({ query }: PageRequest, rows: readonly Objection[]): readonly Objection[] {
  const state = OBJECTION_STATES.find((one) => one === query.get('state'))
  return state === undefined ? rows : rows.filter((one) => one.state === state)
}

export async function allObjectionsPage(request: PageRequest): Promise<PageContent> {
  return page(request, {
    rows: await allObjections(request),
    path: '/workspace/objections',
    base: `${request.at('/workspace/objections')}?`,
    trail: [],
    sides: [],
    empty: request.t('objections.none'),
  })
}

interface Shown {
  readonly rows: readonly Objection[]
  /** Of the list, without language and query. */
  readonly path: string
  /** Address of the list, to which the state is added. */
  readonly base: string
  readonly trail: readonly { readonly label: string; readonly href: string }[]
  readonly sides: Parameters<typeof Tabs>[0]['tabs']
  readonly empty: string
}

async function page(request: PageRequest, { rows, path, base, trail, sides, empty }: Shown): Promise<PageContent> {
  const { t, at, query } = request
  const state = OBJECTION_STATES.find((one) => one === query.get('state'))
  const shown = objectionsIn(request, rows)
  const titles = await initiativeTitles(
    request,
    shown.map(({ initiativeId }) => initiativeId),
  )
  const title = t('workspace.objections.title')
  const join = base.endsWith('?') ? '' : '&'
  return {
    title,
    place: 'workspace',
    noIndex: true,
    about: { downloads: listFileLinks(request, path, shown.length) },
    body: (
      <Page title={title} trail={[{ label: t('workspace.chooser.title'), href: at('/workspace') }, ...trail]}>
        {sides.length > 1 && <Tabs label={title} tabs={sides} />}
        <Tabs
          label={t('objections.field.state')}
          tabs={[
            {
              label: t('workspace.objections.all'),
              href: base.replace(/\?$/, ''),
              current: state === undefined,
              count: t.number(rows.length),
            },
            ...OBJECTION_STATES.map((one) => ({
              label: t(`objections.state.${one}`),
              href: `${base}${join}state=${one}`,
              current: state === one,
              count: t.number(rows.filter((row) => row.state === one).length),
            })),
          ]}
        />
        <ObjectionTable request={request} caption={title} rows={shown} titles={titles} empty={empty} />
      </Page>
    ),
  }
}
