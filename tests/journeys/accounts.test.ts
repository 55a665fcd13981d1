/**
 * From a program without accounts to people who sign in, as they do it: without script, in English, and what matters most in Arabic.
 * Mail is not set up, so the administrator reads the outbox; the sign-in service is a real one that runs beside the test.
 */
import { createServer } from 'node:net'
import { generate } from 'otplib/functional'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type OpenIdHouse, startOpenIdHouse } from '../outside/open-id-house.ts'
import { type Site, startSite } from './running-site.ts'

const ADMINISTRATOR = { email: 'ruth.otieno@coop.example', password: 'seven violet kettles hum at dawn' }
const ANA = {
  email: 'ana.silva@mofa.example',
  password: 'nine amber ladders lean on fog',
  next: 'four copper bells ring past noon',
}

let site: Site
let house: OpenIdHouse
let admin: Page
/** Secret and recovery codes of the administrator, as shown on the pages. */
let secret = ''
let recoveryCodes: string[] = []

beforeAll(async () => {
  const port = await freePort()
  house = await startOpenIdHouse({ redirectUri: `http://localhost:${port}/sign-in/provider/back` })
  site = await startSite({
    empty: true,
    port,
    environment: {
      SURSUR_OIDC_ISSUER: house.issuer,
      SURSUR_OIDC_CLIENT_ID: house.clientId,
      SURSUR_OIDC_CLIENT_SECRET: house.clientSecret,
      SURSUR_OIDC_ALLOW_HTTP: 'yes',
      SURSUR_OIDC_NAME: 'House of identities',
    },
  })
  admin = await site.newPage()
})
afterAll(async () => {
  await site.stop()
  await house.close()
})

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}

function pathOf(page: Page): string {
  const { pathname, search } = new URL(page.url())
  return `${pathname}${search}`
}

const mainOf = (page: Page) => page.locator('main').innerText()

/** The first form of the page's content that posts, sent by its main button. */
const send = (page: Page) => page.click('main form[method=post] .button-primary')

async function signIn(page: Page, { email, password }: { email: string; password: string }, lang = 'en'): Promise<void> {
  await page.goto(site.at(`/${lang}/sign-in`))
  await page.fill('input[name=email]', email)
  await page.fill('input[name=password]', password)
  await send(page)
}

/** Half a minute on: the code of this moment may have been used, and each is good once. */
function codeOf(shownSecret: string, secondsOn = 0): Promise<string> {
  return generate({ secret: shownSecret, epoch: Math.floor(Date.now() / 1000) + secondsOn, digits: 6, period: 30 })
}

/** The link of the newest message to somebody, as the administrator reads it. */
async function linkInOutbox(email: string): Promise<string> {
  await admin.goto(site.at('/en/users/outbox'))
  await admin.locator('main tbody tr', { hasText: email }).first().locator('a').click()
  const text = await admin.locator('#message').innerText()
  return /https?:\/\/\S+token=\S+/.exec(text)?.[0] ?? ''
}

describe('First start', () => {
  test('the person at this machine works without an account, and makes the first one', async () => {
    await admin.goto(site.at('/en'))
    expect(await admin.locator('.site-header').innerText()).toContain('Set up accounts')
    await admin.goto(site.at('/en/account'))
    expect(pathOf(admin)).toBe('/en/setup')
    expect(await mainOf(admin)).toContain('From then on everybody signs in')

    await admin.fill('input[name=name]', 'Ruth Otieno')
    await admin.fill('input[name=email]', ADMINISTRATOR.email)
    await admin.fill('input[name=password]', 'short')
    await send(admin)
    expect(await mainOf(admin)).toContain('The password has 5 characters')
    // What was typed stays, but for the password.
    expect(await admin.inputValue('input[name=name]')).toBe('Ruth Otieno')
    expect(await admin.inputValue('input[name=password]')).toBe('')
    expect(await admin.getAttribute('input[name=password]', 'autocomplete')).toBe('new-password')

    await admin.fill('input[name=password]', ADMINISTRATOR.password)
    await send(admin)
    expect(pathOf(admin)).toBe('/en/account?done=set-up')
    expect(await mainOf(admin)).toContain('Administrator')
  })

  test('the page is gone afterwards, and who has not signed in finds no other way in', async () => {
    const answer = await fetch(site.at('/en/setup'))
    expect(answer.status).toBe(404)
    expect(await answer.text()).toContain('The accounts are set up already')
    const stranger = await site.newPage()
    await stranger.goto(site.at('/en/users?state=active'))
    expect(pathOf(stranger)).toBe('/en/sign-in?to=%2Fen%2Fusers%3Fstate%3Dactive')
  })

  test('signing out, and in again to the page that was asked for; never to another site', async () => {
    await admin.goto(site.at('/en/account'))
    await admin.click('text=Sign out')
    expect(pathOf(admin)).toBe('/en/sign-in?done=signed-out')
    await admin.goto(site.at('/en/users?state=active'))
    await admin.fill('input[name=email]', ADMINISTRATOR.email)
    await admin.fill('input[name=password]', 'not the password at all')
    await send(admin)
    expect(await mainOf(admin)).toContain('E-mail address and password do not belong together')
    expect(await admin.inputValue('input[name=email]')).toBe(ADMINISTRATOR.email)
    await admin.fill('input[name=password]', ADMINISTRATOR.password)
    await send(admin)
    expect(pathOf(admin)).toBe('/en/users?state=active')
    const [cookie] = await admin.context().cookies()
    expect(cookie).toMatchObject({ name: 'sursur-session', httpOnly: true, sameSite: 'Lax' })

    const other = await site.newPage()
    await other.goto(site.at('/en/sign-in?to=//evil.example/x'))
    await other.fill('input[name=email]', ADMINISTRATOR.email)
    await other.fill('input[name=password]', ADMINISTRATOR.password)
    await send(other)
    expect(pathOf(other)).toBe('/en')
  })
})

describe('A second factor', () => {
  test('is set up from the secret on the page; a mistyped code costs nothing', async () => {
    await admin.goto(site.at('/en/account/second-factor'))
    await send(admin)
    expect(await admin.locator('svg.qr path').count()).toBe(2)
    const shown = await admin.locator('#secret').innerText()
    expect(shown).toMatch(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/)
    secret = shown.replaceAll(' ', '')
    await admin.fill('input[name=code]', '000000')
    await admin.fill('input[name=password]', ADMINISTRATOR.password)
    await send(admin)
    expect(await admin.locator('#secret').innerText()).toBe(shown)
    await admin.fill('input[name=code]', await codeOf(secret))
    await admin.fill('input[name=password]', ADMINISTRATOR.password)
    await send(admin)
    recoveryCodes = (await admin.locator('#recovery-codes').innerText()).split('\n')
    expect(recoveryCodes.length).toBe(10)
  })

  test('is asked for at the next sign-in; a recovery code does as well, once', async () => {
    const page = await site.newPage()
    await signIn(page, ADMINISTRATOR)
    expect(await page.getAttribute('input[name=code]', 'autocomplete')).toBe('one-time-code')
    await page.fill('input[name=code]', await codeOf(secret, 30))
    await send(page)
    expect(pathOf(page)).toBe('/en')

    const byPaper = await site.newPage()
    await signIn(byPaper, ADMINISTRATOR)
    await byPaper.fill('input[name=code]', recoveryCodes[0] ?? '')
    await send(byPaper)
    expect(pathOf(byPaper)).toBe('/en')
    await byPaper.goto(site.at('/en/account'))
    expect(await mainOf(byPaper)).toContain('9 recovery codes are left')

    const again = await site.newPage()
    await signIn(again, ADMINISTRATOR)
    await again.fill('input[name=code]', recoveryCodes[0] ?? '')
    await send(again)
    expect(await mainOf(again)).toContain('This code is not right, or it was used already')
  })
})

describe('An invited person', () => {
  let ana: Page

  test('is invited in Arabic, opens the link of the outbox and is signed in', async () => {
    await admin.goto(site.at('/en/users/new'))
    await admin.fill('input[name=name]', 'Ana Silva')
    await admin.fill('input[name=email]', ANA.email)
    await admin.selectOption('select[name=lang]', 'ar')
    await admin.selectOption('select[name=role]', 'national_focal_point')
    await send(admin)
    expect(await mainOf(admin)).toContain('A national focal point needs a country')
    await admin.selectOption('select[name=country]', 'AGO')
    await send(admin)
    expect(await admin.locator('#access-link').innerText()).toContain('/ar/invitation?token=')

    ana = await site.newPage()
    await ana.goto(await linkInOutbox(ANA.email))
    expect(await ana.getAttribute('html', 'dir')).toBe('rtl')
    expect(await ana.inputValue('input[name=username]')).toBe(ANA.email)
    await ana.fill('input[name=password]', ANA.password)
    await send(ana)
    expect(pathOf(ana)).toBe('/ar/account?done=welcome')
    expect(await mainOf(ana)).toContain('أنغولا')
  })

  test('opens no page of the administrator; a role given meanwhile holds at once', async () => {
    await ana.goto(site.at('/ar/users'))
    expect(await mainOf(ana)).toContain('الحسابات والأدوار')
    await admin.goto(site.at('/en/users'))
    await admin.click('text=Ana Silva')
    await admin.click('text=Give a role')
    await admin.selectOption('select[name=role]', 'admin')
    await admin.fill('textarea[name=reason]', 'Second administrator')
    await send(admin)
    expect(await mainOf(admin)).toContain('The role is given')
    await ana.reload()
    expect(await ana.locator('main tbody tr').count()).toBe(2)

    const row = admin.locator('main tbody tr', { hasText: 'Second administrator' })
    await row.locator('a').click()
    await admin.fill('textarea[name=reason]', 'No longer needed')
    await admin.click('main form .button-danger')
    expect(await mainOf(admin)).toContain('The role is taken back')
    await ana.reload()
    expect(await mainOf(ana)).toContain('الحسابات والأدوار')
  })

  test('signs in at the organisation’s service, which is asked first', async () => {
    const page = await site.newPage()
    await page.goto(site.at('/ar/sign-in?to=/ar/account/sessions'))
    await page.click('text=House of identities')
    expect(new URL(page.url()).origin).toBe(house.issuer)
    await page.click('text=Sign in')
    expect(pathOf(page)).toBe('/ar/account/sessions')
    expect(await page.locator('main tbody tr').count()).toBe(2)

    const refusing = await site.newPage()
    await refusing.goto(site.at('/ar/sign-in'))
    await refusing.click('text=House of identities')
    await refusing.click('text=Cancel')
    expect(await refusing.locator('.error-summary').count()).toBe(1)
    expect(await refusing.locator('input[name=email]').count()).toBe(1)
  })

  test('chooses a new password by the link of the outbox; every session has ended then', async () => {
    const page = await site.newPage()
    await page.goto(site.at('/ar/sign-in'))
    await page.click('text=هل نسيت كلمة المرور؟')
    await page.fill('input[name=email]', ANA.email)
    await send(page)
    const link = await linkInOutbox(ANA.email)
    await page.goto(link)
    await page.fill('input[name=password]', ANA.next)
    await send(page)
    expect(pathOf(page)).toBe('/ar/sign-in?done=password')
    await ana.goto(site.at('/ar/account'))
    expect(pathOf(ana)).toBe('/ar/sign-in?to=%2Far%2Faccount')
    await page.goto(link)
    expect(await mainOf(page)).toContain('لم يعد هذا الرابط صالحاً')
  })

  test('signs out everywhere: the session on another machine has ended', async () => {
    const [here, there] = [await site.newPage(), await site.newPage()]
    for (const page of [here, there]) await signIn(page, { email: ANA.email, password: ANA.next }, 'ar')
    await here.goto(site.at('/ar/account/sessions'))
    expect(await here.locator('main tbody tr').count()).toBe(2)
    await here.click('main form[action$=end-all] .button-danger')
    expect(pathOf(here)).toBe('/ar/sign-in?done=everywhere')
    await there.goto(site.at('/ar/account'))
    expect(pathOf(there)).toBe('/ar/sign-in?to=%2Far%2Faccount')
  })

  test('makes a key that is shown once and works, reads what is kept, and goes', async () => {
    const page = await site.newPage()
    await signIn(page, { email: ANA.email, password: ANA.next }, 'ar')
    await page.goto(site.at('/en/account/keys'))
    await page.fill('input[name=name]', 'Portal of the ministry')
    await page.check('input[value="registry.initiative.read"]')
    const end = new Date(Date.now() + 30 * 86_400_000).toISOString()
    await page.fill('input[name=expiresAt-year]', end.slice(0, 4))
    await page.selectOption('select[name=expiresAt-month]', end.slice(5, 7))
    await page.fill('input[name=expiresAt-day]', end.slice(8, 10))
    await send(page)
    const key = await page.locator('#api-key').innerText()
    const asked = await fetch(site.at('/api/registry/list-listings'), { headers: { authorization: `Bearer ${key}` } })
    expect(asked.status).toBe(200)
    await page.goto(site.at('/en/account/keys'))
    expect(await mainOf(page)).not.toContain(key)

    await page.goto(site.at('/en/account/my-data'))
    expect(await mainOf(page)).toContain('Portal of the ministry')
    const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
    const file = await fetch(site.at('/en/account/my-data.json'), { headers: { cookie } })
    expect(JSON.parse(await file.text()).account.email).toBe(ANA.email)

    await page.goto(site.at('/en/account/delete'))
    await page.fill('input[name=password]', ANA.next)
    await page.click('main form .button-danger')
    expect(pathOf(page)).toBe('/en/sign-in?done=deleted')
    const after = await fetch(site.at('/api/registry/list-listings'), { headers: { authorization: `Bearer ${key}` } })
    expect(after.status).toBe(401)
  })
})

test('a form that another site made is not taken, and a form without the token of the session neither', async () => {
  const cookie = (await admin.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
  const answer = await fetch(site.at('/en/account/sessions/end-all'), { method: 'POST', headers: { cookie }, redirect: 'manual' })
  expect(answer.status).toBe(403)
  await admin.goto(site.at('/en/account/sessions'))
  expect(pathOf(admin)).toBe('/en/account/sessions')
})
