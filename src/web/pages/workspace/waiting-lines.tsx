/** What waits, one line a kind, each leading to where the work is done. */
import type { WaitingKey, WaitingWork, WorkspaceKey } from '../../../modules/registry/index.ts'
import type { PageRequest } from '../../site.tsx'
import { recordsAddress, workspaceAddress } from './words.ts'

interface WaitingLinesProps {
  readonly request: PageRequest
  /** Null: the whole instance. */
  readonly scope: WorkspaceKey | null
  readonly waiting: readonly WaitingWork[]
}

export function WaitingLines({ request, scope, waiting }: WaitingLinesProps) {
  const { t } = request
  return (
    <ul>
      {waiting.map(({ key, count }) => (
        <li key={key}>
          <a href={scope ? addressIn(request, scope, key) : addressInAll(request, key)}>
            {t(`workspace.waiting.${key}`, { count, shown: t.number(count) })}
          </a>
        </li>
      ))}
    </ul>
  )
}

function addressIn(request: PageRequest, scope: WorkspaceKey, key: WaitingKey): string {
  if (key === 'objections-to-answer') return `${workspaceAddress(request, scope, '/objections')}?state=open&side=received`
  if (key === 'objections-answered') return `${workspaceAddress(request, scope, '/objections')}?state=answered&side=raised`
  if (key === 'imports' || key === 'consents') return `${workspaceAddress(request, scope)}#${key}`
  if (key === 'roles') return `${workspaceAddress(request, scope)}#people`
  return recordsAddress(request, scope, key)
}

function addressInAll({ at }: PageRequest, key: WaitingKey): string {
  if (key === 'objections-to-answer') return at('/workspace/objections?state=open')
  return `${at('/initiatives')}?state=${key === 'to-publish' ? 'verified' : 'submitted'}`
}
