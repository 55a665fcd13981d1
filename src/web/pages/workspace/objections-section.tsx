/** Objections that a country raised, and those of others against the records of a country or entity. */
import { areaName } from '../../../codes/index.ts'
import type { Objection } from '../../../modules/registry/index.ts'
import { type Column, DataTable, EmptyState, StatePill } from '../../components/index.ts'
import type { PageRequest } from '../../site.tsx'
import { workspaceAddress } from './words.ts'
import type { WorkspaceProps } from './workspace-page.tsx'

const SHOWN = 5

export function ObjectionsSection({ request, workspace: { scope, raised, received }, titles }: WorkspaceProps) {
  const { t } = request
  const sides = [...(scope.kind === 'country' ? [{ side: 'raised', rows: raised }] : []), { side: 'received', rows: received }]
  return (
    <section>
      <h2 id="objections">{t('workspace.objections.title')}</h2>
      {sides.map(({ side, rows }) => (
        <div key={side}>
          <h3>{t(`workspace.objections.${side}`)}</h3>
          <ObjectionTable
            request={request}
            caption={t(`workspace.objections.${side}`)}
            rows={rows.slice(0, SHOWN)}
            titles={titles}
            empty={t(`workspace.objections.none-${side}`)}
          />
          {rows.length > SHOWN && (
            <p>
              <a href={`${workspaceAddress(request, scope, '/objections')}?side=${side}`}>{t('workspace.objections.all')}</a>
            </p>
          )}
        </div>
      ))}
    </section>
  )
}

interface ObjectionTableProps {
  readonly request: PageRequest
  readonly caption: string
  readonly rows: readonly Objection[]
  readonly titles: ReadonlyMap<string, string>
  readonly empty: string
}

export function ObjectionTable({ request: { t, at }, caption, rows, titles, empty }: ObjectionTableProps) {
  // Two columns, so that the state stays in sight on a telephone.
  const columns: Column<Objection>[] = [
    {
      key: 'objection',
      label: t('objections.field.kind'),
      cell: ({ initiativeId, country, kind }) => {
        const title = titles.get(initiativeId)
        return (
          <>
            {t('objections.heading', { country: areaName(country, t.lang), kind: t(`objections.kind.${kind}`) })}
            {/* A record that was withdrawn or made confidential keeps its objections, and its name to itself. */}
            {title !== undefined && (
              <div>
                <a href={`${at(`/initiatives/${initiativeId}`)}#objections`}>
                  <bdi>{title}</bdi>
                </a>
              </div>
            )}
          </>
        )
      },
    },
    {
      key: 'state',
      label: t('objections.field.state'),
      cell: ({ state }) => <StatePill state={state} label={t(`objections.state.${state}`)} tone={TONES[state]} />,
    },
  ]
  return (
    <DataTable
      caption={caption}
      captionHidden
      columns={columns}
      rows={rows}
      rowKey={({ id }) => id}
      empty={<EmptyState title={empty} />}
    />
  )
}

export const TONES = { open: 'waiting', answered: 'open', closed: 'done', withdrawn: 'closed' } as const
