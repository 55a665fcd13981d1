/** Which workspace: straight to the only one, a choice between several; the secretariat may open any. */
import { listAreas } from '../../../codes/index.ts'
import { type HttpResponse, seeOther } from '../../../kernel/http.ts'
import { Problem } from '../../../kernel/problems.ts'
import { getOrgQuery, resolveOrgNames } from '../../../modules/directory/index.ts'
import { WORKSPACE_KINDS, type WorkspaceKey } from '../../../modules/registry/index.ts'
import { Button, EmptyState, Form, Page, Panel, SelectField, TextField } from '../../components/index.ts'
import type { PageContent, PageRequest } from '../../site.tsx'
import { countryChoices } from '../initiatives/words.ts'
import { workspaceAddress, workspaceName } from './words.ts'

export async function chooserPage(request: PageRequest): Promise<PageContent | HttpResponse> {
  const { t, query, may } = request
  const country = query.get('country')
  if (country) return seeOther(workspaceAddress(request, { kind: 'country', id: country }))
  const named = query.get('org')?.trim()
  const org = named ? await orgNamed(request, named) : undefined
  if (org !== undefined) return seeOther(workspaceAddress(request, { kind: 'entity', id: org }))
  const own = ownWorkspaces(request)
  const mayOpenAny = may('registry.workspace.read', { orgs: [], countries: [] })
  if (own.length === 0 && !mayOpenAny)
    throw new Problem('operations.permission-lacking', { permission: 'registry.workspace.read' })
  const [only] = own
  if (only && own.length === 1 && !mayOpenAny) return seeOther(workspaceAddress(request, only))
  const title = t('workspace.chooser.title')
  return {
    title,
    place: 'workspace',
    noIndex: true,
    body: (
      <Page title={title} lead={t('workspace.chooser.lead')}>
        {own.length === 0 && !mayOpenAny && <EmptyState title={t('workspace.chooser.none')} />}
        {own.length > 0 && (
          <ul>
            {(await withNames(request, own)).map(({ key, name }) => (
              <li key={name}>
                <a href={workspaceAddress(request, key)}>
                  <bdi>{name}</bdi>
                </a>
              </li>
            ))}
          </ul>
        )}
        {mayOpenAny && <OpenAny request={request} notFound={named !== undefined && named !== '' ? named : undefined} />}
      </Page>
    ),
  }
}

/** Those of the roles that read a workspace, each once. */
export function ownWorkspaces({ actor, may }: Pick<PageRequest, 'actor' | 'may'>): WorkspaceKey[] {
  const found = new Map<string, WorkspaceKey>()
  for (const { scope, scopeId } of actor.grants ?? []) {
    const kind = WORKSPACE_KINDS.find((one) => one === scope)
    if (kind === undefined || scopeId === null) continue
    const record = kind === 'country' ? { orgs: [], countries: [scopeId] } : { orgs: [scopeId], countries: [] }
    if (may('registry.workspace.read', record)) found.set(`${kind} ${scopeId}`, { kind, id: scopeId })
  }
  return [...found.values()]
}

async function withNames(request: PageRequest, keys: readonly WorkspaceKey[]) {
  const { t, context, actor } = request
  const named: { key: WorkspaceKey; name: string }[] = []
  for (const key of keys) {
    const names = key.kind === 'entity' ? (await context.operations.run(getOrgQuery, { org: key.id }, actor)).names : null
    named.push({ key, name: workspaceName(t, key, names) })
  }
  return named.sort((a, b) => t.compare(a.name, b.name))
}

async function orgNamed({ context, actor }: PageRequest, name: string): Promise<string | undefined> {
  const [found] = await context.operations.run(resolveOrgNames, { names: [name] }, actor)
  return found?.status === 'found' ? found.org.id : undefined
}

function OpenAny({ request: { t, at }, notFound }: { readonly request: PageRequest; readonly notFound: string | undefined }) {
  return (
    <Panel title={t('workspace.chooser.open')}>
      <Form action={at('/workspace')} method="get" label={t('workspace.chooser.open')}>
        <SelectField name="country" label={t('workspace.chooser.country')} optional choices={countryChoices(t, listAreas())} />
        <TextField
          name="org"
          label={t('workspace.chooser.org')}
          optional
          value={notFound}
          error={notFound === undefined ? undefined : t('workspace.chooser.not-found')}
        />
        <Button>{t('workspace.chooser.do')}</Button>
      </Form>
    </Panel>
  )
}
