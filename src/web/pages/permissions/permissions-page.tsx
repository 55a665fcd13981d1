/** Who may do what: the table by which the policy decides, in words, and what each operation asks for. Open to everybody. */
import type { ComponentChildren } from 'preact'
import type { Translator } from '../../../i18n/translator.ts'
import {
  ACCESS_OBJECTS,
  type AccessObject,
  type Cell,
  cellOf,
  GIVEN_ROLES,
  PERMISSIONS,
  type Reach,
  RIGHTS,
  ROLES,
  type Role,
  SCOPES_OF_ROLE,
} from '../../../modules/access/index.ts'
import { type Column, DataTable, Page } from '../../components/index.ts'
import type { PageContent, PageRequest } from '../../site.tsx'
import { listOperations, type NamedOperation } from './every-operation.ts'

/** Rules that no cell of the table can say. */
const RULES = ['own', 'member', 'four-eyes', 'delegation', 'keys'] as const

export async function permissionsPage({ t }: PageRequest): Promise<PageContent> {
  const title = t('permissions.title')
  return {
    title,
    body: (
      <Page title={title} lead={t('permissions.lead')}>
        <ul>
          {RULES.map((rule) => (
            <li key={rule}>{t(`permissions.rule.${rule}`)}</li>
          ))}
        </ul>
        <h2 id="matrix">{t('permissions.matrix')}</h2>
        <p>{t('permissions.matrix-lead')}</p>
        <DataTable
          caption={t('permissions.matrix')}
          captionHidden
          wide
          columns={[objectColumn(t), ...ROLES.map((role) => roleColumn(t, role))]}
          rows={ACCESS_OBJECTS}
          rowKey={(object) => object}
        />
        <h2 id="scopes">{t('permissions.scopes')}</h2>
        <DataTable
          caption={t('permissions.scopes')}
          captionHidden
          columns={scopeColumns(t)}
          rows={GIVEN_ROLES}
          rowKey={(role) => role}
        />
        <h2 id="operations">{t('permissions.operations')}</h2>
        <p>{t('permissions.operations-lead')}</p>
        <DataTable
          caption={t('permissions.operations')}
          captionHidden
          columns={operationColumns(t)}
          rows={listOperations()}
          rowKey={({ name }) => name}
        />
      </Page>
    ),
  }
}

function objectColumn(t: Translator): Column<AccessObject> {
  return { key: 'object', label: t('permissions.column.object'), cell: (object) => t(`permissions.object.${object}`) }
}

function roleColumn(t: Translator, role: Role): Column<AccessObject> {
  return { key: role, label: t(`permissions.role.${role}`), cell: (object) => cellText(t, cellOf(object, role)) }
}

/** One line for each reach: "read, edit: own scope". */
function cellText(t: Translator, cell: Cell): ComponentChildren {
  const reaches = new Map<Reach, string[]>()
  for (const right of RIGHTS) {
    const reach = cell[right]
    if (reach) reaches.set(reach, [...(reaches.get(reach) ?? []), t(`permissions.right.${right}`)])
  }
  if (reaches.size === 0) return <span class="muted">{t('permissions.none')}</span>
  return [...reaches].map(([reach, rights]) => (
    <div key={reach}>{t('permissions.cell', { rights: t.list(rights), reach: t(`permissions.reach.${reach}`) })}</div>
  ))
}

function scopeColumns(t: Translator): Column<(typeof GIVEN_ROLES)[number]>[] {
  return [
    { key: 'role', label: t('permissions.column.role'), cell: (role) => t(`permissions.role.${role}`) },
    {
      key: 'scopes',
      label: t('permissions.column.scopes'),
      cell: (role) => SCOPES_OF_ROLE[role].map((scope) => <div key={scope}>{t(`permissions.scope.${scope}`)}</div>),
    },
  ]
}

/** Two columns, so that the long names have room on a telephone. */
function operationColumns(t: Translator): Column<NamedOperation>[] {
  return [
    {
      key: 'name',
      label: t('permissions.column.operation'),
      cell: ({ name, permissions }) => (
        <>
          <code dir="ltr">{name}</code>
          {permissions.map((permission) => (
            <div key={permission} class="muted">
              <code dir="ltr">{permission}</code>
            </div>
          ))}
        </>
      ),
    },
    {
      key: 'right',
      label: t('permissions.column.right'),
      cell: ({ permissions }) => permissions.map((permission) => <div key={permission}>{meaningOf(t, permission)}</div>),
    },
  ]
}

function meaningOf(t: Translator, permission: string): string {
  const meaning = PERMISSIONS[permission]
  if (!meaning) return permission
  const { object, right } = meaning
  return t('permissions.meaning', { object: t(`permissions.object.${object}`), right: t(`permissions.right.${right}`) })
}
