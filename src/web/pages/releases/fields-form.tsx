/** Every field that at least one record states, grouped, with counts and examples; a box says whether it leaves. */
import { type FieldOfRelease, RELEASE_GROUPS, type ReleaseView } from '../../../modules/registry/index.ts'
import { Button, DataTable } from '../../components/index.ts'
import type { PageRequest } from '../../site.tsx'
import { nameOfField } from './words.ts'

interface Props {
  readonly request: PageRequest
  readonly view: ReleaseView
  /** Whether something may still be withheld. */
  readonly open: boolean
}

export function FieldsForm({ request, view, open }: Props) {
  const { t, at } = request
  const groups = RELEASE_GROUPS.flatMap((group) => {
    const fields = view.fields.filter((field) => field.group === group)
    return fields.length === 0 ? [] : [{ group, fields }]
  })
  const tables = groups.map(({ group, fields }) => (
    <div key={group}>
      <h3 id={`group-${group}`}>{t(`releases.group.${group}`)}</h3>
      <DataTable
        caption={t(`releases.group.${group}`)}
        captionHidden
        cards
        columns={[
          {
            key: 'field',
            label: t('releases.column.field'),
            cell: (field) => <FieldCell request={request} field={field} open={open} />,
          },
          {
            key: 'count',
            label: t('releases.column.records'),
            kind: 'number',
            cell: ({ leaving, stated }) => t('releases.records-of', { leaving: t.number(leaving), stated: t.number(stated) }),
          },
          {
            key: 'examples',
            label: t('releases.column.examples'),
            cell: ({ examples }) => (
              <ul class="plain">
                {examples.map((example) => (
                  <li key={example}>
                    <bdi>{example}</bdi>
                  </li>
                ))}
              </ul>
            ),
          },
        ]}
        rows={fields}
        rowKey={({ field }) => field}
      />
    </div>
  ))
  if (!open) return <>{tables}</>
  return (
    <form method="post" action={at(`/releases/${view.release.id}/fields`)}>
      <input type="hidden" name="version" value={view.release.version} />
      <p>{t('releases.fields-text')}</p>
      {tables}
      <Button>{t('releases.save-fields')}</Button>
    </form>
  )
}

interface CellProps {
  readonly request: PageRequest
  readonly field: FieldOfRelease
  readonly open: boolean
}

function FieldCell({ request: { t }, field: { field, withheld }, open }: CellProps) {
  const name = nameOfField(t, field)
  if (!open)
    return withheld ? (
      <>
        <s>{name}</s> <span class="muted">{t('releases.stays')}</span>
      </>
    ) : (
      name
    )
  const id = `leaves-${field.replace('.', '-')}`
  return (
    <div class="choice">
      <input type="hidden" name="shown" value={field} />
      <input id={id} type="checkbox" name="leaves" value={field} checked={!withheld} />
      <label for={id}>{name}</label>
    </div>
  )
}
