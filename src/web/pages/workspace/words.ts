/** Names and addresses of a workspace and its lists. No markup. */
import { areaName } from '../../../codes/index.ts'
import type { Translator } from '../../../i18n/translator.ts'
import { type LocalizedText, textFor } from '../../../kernel/localized-text.ts'
import { Problem } from '../../../kernel/problems.ts'
import { RECORD_LISTS, WORKSPACE_KINDS, type WorkspaceKey } from '../../../modules/registry/index.ts'
import type { PageRequest } from '../../site.tsx'

/** The workspace of the address. Errors: Problem `workspace.scope-missing`. */
export function askedWorkspace({ params }: PageRequest): WorkspaceKey {
  const kind = WORKSPACE_KINDS.find((one) => one === params.kind)
  const id = params.id ?? ''
  if (kind === undefined) throw new Problem('workspace.scope-missing', { kind: params.kind ?? '', id })
  return { kind, id: kind === 'country' ? id.toUpperCase() : id }
}

export function workspaceAddress({ at }: Pick<PageRequest, 'at'>, { kind, id }: WorkspaceKey, rest = ''): string {
  return at(`/workspace/${kind}/${encodeURIComponent(id)}${rest}`)
}

export function workspaceName(t: Translator, { kind, id }: WorkspaceKey, names: LocalizedText | null): string {
  return kind === 'country' ? areaName(id, t.lang) : ((names && textFor(names, t.lang)?.text) ?? id)
}

export function recordsAddress(request: Pick<PageRequest, 'at'>, key: WorkspaceKey, list: string): string {
  return `${workspaceAddress(request, key, '/records')}?list=${list}`
}

/** The list of the address; the whole when it names none. */
export function askedList({ query }: PageRequest): string {
  return RECORD_LISTS.find((one) => one === query.get('list')) ?? 'reported'
}

export function listName(t: Translator, list: string): string {
  const state = /^state-(.+)$/.exec(list)?.[1]
  if (state !== undefined) return t('workspace.list.state', { state: t(`components.state.${state}`) })
  const gap = /^gap-(.+)$/.exec(list)?.[1]
  return gap === undefined ? t(`workspace.list.${list}`) : t('workspace.list.gap', { field: t(`workspace.gap.${gap}`) })
}

export function titleOf(
  t: Translator,
  { id, identifier, title }: { id: string; identifier: string | null; title: LocalizedText | null },
) {
  return (title && textFor(title, t.lang)?.text) ?? t('workspace.untitled', { id: identifier ?? id.slice(-6) })
}
