/** The accounts of the installation as a file, for the administrator. */
import { listUsers } from '../../../modules/access/index.ts'
import { codedColumns, everyRow, type ListFile } from '../../list-files.ts'
import type { PageRequest } from '../../site.tsx'
import { roleName } from '../account/words.ts'
import { stateName, userFilter } from './users-page.tsx'

export async function usersFile(request: PageRequest): Promise<ListFile> {
  const { t, context, actor } = request
  const filter = userFilter(request)
  return {
    name: 'users',
    title: t('accounts.users.title'),
    columns: [
      { key: 'name', header: t('accounts.field.name') },
      { key: 'email', header: t('accounts.field.email') },
      ...codedColumns(t, 'state', t('accounts.field.state')),
      ...codedColumns(t, 'roles', t('accounts.roles.title')),
      { key: 'secondFactor', header: t('accounts.second-factor.title'), form: 'boolean' },
      { key: 'signedInAt', header: t('accounts.users.signed-in') },
      { key: 'id', header: t('registry.column.id') },
    ],
    rows: await everyRow(
      (cursor) => context.operations.run(listUsers, { ...filter, ...(cursor === undefined ? {} : { cursor }) }, actor),
      ({ id, name, email, state, roles, hasSecondFactor, signedInAt }) => ({
        name,
        email,
        state: stateName(t, state),
        stateCode: state,
        roles: roles.map((role) => roleName(t, role)),
        rolesCode: roles,
        secondFactor: hasSecondFactor,
        signedInAt,
        id,
      }),
    ),
  }
}
