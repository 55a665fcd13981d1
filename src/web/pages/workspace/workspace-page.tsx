/** "My country", "my entity" (R05d): what waits, what names it, what it reported, what is missing, objections, people. */
import { getWorkspace, nameInitiatives, type Workspace } from '../../../modules/registry/index.ts'
import { Page, Panel } from '../../components/index.ts'
import type { PageContent, PageRequest } from '../../site.tsx'
import { NamedSection } from './named-section.tsx'
import { ObjectionsSection } from './objections-section.tsx'
import { PeopleSection } from './people-section.tsx'
import { GapsSection, ReportedSection } from './reported-section.tsx'
import { ConsentsSection, RunsSection } from './unfinished-sections.tsx'
import { WaitingLines } from './waiting-lines.tsx'
import { askedWorkspace, titleOf, workspaceName } from './words.ts'

export interface WorkspaceProps {
  readonly request: PageRequest
  readonly workspace: Workspace
  readonly name: string
  /** Titles of the initiatives that objections are about, as far as the reader sees them. */
  readonly titles: ReadonlyMap<string, string>
}

export async function workspacePage(request: PageRequest): Promise<PageContent> {
  const { t, at, context, actor } = request
  const key = askedWorkspace(request)
  const workspace = await context.operations.run(getWorkspace, key, actor)
  const name = workspaceName(t, key, workspace.scope.names)
  const ids = [...workspace.raised, ...workspace.received].map(({ initiativeId }) => initiativeId)
  const props: WorkspaceProps = { request, workspace, name, titles: await initiativeTitles(request, ids) }
  return {
    title: name,
    place: 'workspace',
    noIndex: true,
    body: (
      <Page
        title={<bdi>{name}</bdi>}
        kicker={t(`workspace.kicker.${key.kind}`)}
        trail={[{ label: t('workspace.chooser.title'), href: at('/workspace') }]}
      >
        <Panel title={t('workspace.waiting.title')} id="waiting">
          {workspace.waiting.length === 0 ? (
            <p class="muted">{t('workspace.waiting.none')}</p>
          ) : (
            <WaitingLines request={request} scope={key} waiting={workspace.waiting} />
          )}
        </Panel>
        <NamedSection {...props} />
        <ReportedSection {...props} />
        <GapsSection {...props} />
        <ObjectionsSection {...props} />
        <RunsSection {...props} />
        <ConsentsSection {...props} />
        <PeopleSection {...props} />
      </Page>
    ),
  }
}

/** Asked for at once; more than that are on pages of their own. */
const MOST_TITLES = 500

export async function initiativeTitles(request: PageRequest, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { t, context, actor } = request
  const asked = [...new Set(ids)].slice(0, MOST_TITLES)
  if (asked.length === 0) return new Map()
  const named = await context.operations.run(nameInitiatives, { ids: asked }, actor)
  return new Map(named.map((one) => [one.id, titleOf(t, one)]))
}
