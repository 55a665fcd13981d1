/** docs/reference/permissions.md: the table by which the policy decides, where roles are given, and what each operation asks for. */
import { loadBuilt } from './built-program.mjs'
import { markdownTable, page } from './markdown.mjs'

const INTRO = `Who may do what. The program decides by this very table (\`src/modules/access/policy/role-table.ts\`), the page \`/permissions\` shows it in
six languages, and \`tests/access/matrix.db.test.ts\` calls every operation with every role by it.

- The own scope of an entity is the entity with everything below it; that of a country is its government organisations, and what its
  offices report unless it is private.
- Everybody who is signed in is a member and holds what members hold beside the other roles.
- Whoever wrote a record neither verifies nor publishes it, where somebody else could.
- A focal point can lend the own role until a given day; what was lent cannot be lent on and ends when the lender loses the role.
- A key of the API never holds more than its owner.`

export async function generatePermissions() {
  const access = await loadBuilt('modules/access/index.js')
  const messages = await loadBuilt('i18n/messages.js')
  const listed = await loadBuilt('web/pages/permissions/every-operation.js')
  if (!access || !messages || !listed) return undefined
  const english = messages.messagesOf('en')
  const word = (kind, key) => english.get(`permissions.${kind}.${key}`) ?? key
  return page('Permissions', INTRO, [
    '## Rights of each role',
    matrix(access, word),
    '## Where a role can be given',
    markdownTable(
      ['role', 'code', 'given for'],
      access.GIVEN_ROLES.map((role) => [
        word('role', role),
        `\`${role}\``,
        access.SCOPES_OF_ROLE[role].map((scope) => word('scope', scope)).join('; '),
      ]),
    ),
    '## What each operation asks for',
    markdownTable(['operation', 'permission', 'kind of record', 'right'], operations(access, listed, word)),
  ])
}

function matrix({ ACCESS_OBJECTS, ROLES, cellOf, RIGHTS }, word) {
  return markdownTable(
    ['kind of record', ...ROLES.map((role) => word('role', role))],
    ACCESS_OBJECTS.map((object) => [
      `${word('object', object)} (\`${object}\`)`,
      ...ROLES.map((role) => cellText(cellOf(object, role), RIGHTS, word)),
    ]),
  )
}

/** "read: what the network may see; create, edit: own scope". */
function cellText(cell, rights, word) {
  const reaches = [...new Set(rights.map((right) => cell[right]).filter((reach) => reach !== undefined))]
  const rightsOf = (reach) => rights.filter((right) => cell[right] === reach).map((right) => word('right', right))
  return reaches.map((reach) => `${rightsOf(reach).join(', ')}: ${word('reach', reach)}`).join('; ') || '–'
}

function operations({ PERMISSIONS }, { listOperations }, word) {
  return listOperations().flatMap(({ name, permissions }) =>
    permissions.map((permission) => {
      const { object, right } = PERMISSIONS[permission] ?? {}
      return [`\`${name}\``, `\`${permission}\``, word('object', object), word('right', right)]
    }),
  )
}
