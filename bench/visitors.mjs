/**
 * Those who ask, besides the administrator at the machine: a stranger once an account exists, a focal point of a country and one of
 * an organisation. Each sees other rows, so each costs something else.
 */
import { environmentOf } from './program.mjs'

const PASSWORD = 'seven violet kettles hum at dawn'
const COUNTRY = 'KEN'
const ORGANISATION = 'United Nations Development Programme'
const COOKIE = 'sursur-session'

/** `[{ name, headers }]`. Makes the accounts, so from here on nobody is the administrator without signing in. */
export async function makeVisitors(place) {
  const { openApp } = await import('../dist/app/open-app.js')
  const { readSettings } = await import('../dist/app/settings.js')
  const { openDoor } = await import('../dist/app/start.js')
  const { sql } = await import('../dist/database/db.js')
  const app = await openApp(readSettings({}, environmentOf(place)))
  try {
    const { accounts } = openDoor(app)
    const first = { name: 'First', email: 'first@bench.example', lang: 'en', password: PASSWORD }
    const administrator = await accounts.actorOf(await tokenOfFirst(accounts, first))
    const [org] = await app.admin.many(sql`select id from orgs where names -> 'texts' ->> 'en' = ${ORGANISATION} order by id`)
    if (org === undefined) throw new Error(`${ORGANISATION} is not among the shipped organisations`)
    const add = async (email, grant) => {
      const { link } = await accounts.invite({ email, name: email, lang: 'en', grants: [grant] }, administrator)
      const token = new URL(link).searchParams.get('token')
      return headersOf((await accounts.redeemInvitation({ token, password: PASSWORD, name: email }, {})).token)
    }
    return [
      { name: 'stranger', headers: {} },
      {
        name: 'country focal point',
        headers: await add('country@bench.example', { role: 'national_focal_point', scope: 'country', scopeId: COUNTRY }),
      },
      {
        name: 'entity focal point',
        headers: await add('entity@bench.example', { role: 'entity_focal_point', scope: 'entity', scopeId: org.id }),
      },
    ]
  } finally {
    await app.close()
  }
}

async function tokenOfFirst(accounts, first) {
  const token = new URLSearchParams((await accounts.setupLink())?.split('?')[1]).get('token')
  return (await accounts.createFirstAccount({ ...first, token }, {})).token
}

function headersOf(token) {
  return { cookie: `${COOKIE}=${token}` }
}
