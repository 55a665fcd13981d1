import type { AddressInfo } from 'node:net'
import { createServer, type Server } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { createMailer, isMailAddress, type MailMessage } from '../../src/outside/index.ts'
import { type MailHouse, startMailHouse } from './mail-house.ts'

const from = 'South Desk <desk@sursur.example>'
const MESSAGE: MailMessage = {
  to: 'ana.silva@mofa.example',
  subject: 'Set your password',
  text: 'Open this address within an hour:\n\nhttps://desk.example/en/reset/abc\n',
  lang: 'en',
}

let house: MailHouse | undefined
let server: Server | undefined

afterEach(async () => {
  await house?.close()
  server?.close()
  house = undefined
  server = undefined
})

function mailer(url: string, settings: { allowPlain?: boolean; timeoutSeconds?: number } = {}) {
  return createMailer({ url, from, allowPlain: true, ...settings })
}

describe('a message that could say more than its writer meant is refused, with and without a server', () => {
  test.each<[string, Partial<MailMessage>, string]>([
    ['a second header in the subject', { subject: 'Hello\r\nBcc: all@example.org' }, 'outside.mail-header-invalid'],
    ['a line feed in the subject', { subject: 'Hello\nBcc: all@example.org' }, 'outside.mail-header-invalid'],
    ['a carriage return in the subject', { subject: 'Hello\rBcc: all@example.org' }, 'outside.mail-header-invalid'],
    ['a line separator in the subject', { subject: 'Hello\u2028Bcc: all@example.org' }, 'outside.mail-header-invalid'],
    ['a zero byte in the subject', { subject: 'Hello\0' }, 'outside.mail-header-invalid'],
    ['a subject without end', { subject: 'x'.repeat(201) }, 'outside.mail-header-invalid'],
    ['a header in the language', { lang: 'en\r\nBcc: all@example.org' }, 'outside.mail-header-invalid'],
    ['no recipient', { to: '' }, 'outside.mail-address-invalid'],
    ['a header in the recipient', { to: 'ana@mofa.example\r\nBcc: all@example.org' }, 'outside.mail-address-invalid'],
    ['a command in the recipient', { to: 'ana@mofa.example>\r\nRCPT TO:<ben@x.example' }, 'outside.mail-address-invalid'],
    ['two recipients', { to: 'ana@mofa.example, ben@x.example' }, 'outside.mail-address-invalid'],
    ['a group', { to: 'all: ana@mofa.example, ben@x.example;' }, 'outside.mail-address-invalid'],
    ['an address in brackets', { to: 'ana <ben@x.example>' }, 'outside.mail-address-invalid'],
    ['a quoted address', { to: '"ana@mofa.example"@x.example' }, 'outside.mail-address-invalid'],
    ['an address that is too long', { to: `${'a'.repeat(250)}@x.example` }, 'outside.mail-address-invalid'],
    ['a text without end', { text: 'x'.repeat(300_000) }, 'outside.mail-too-large'],
  ])('%s', async (_name, part, code) => {
    house = await startMailHouse()
    const message = { ...MESSAGE, ...part }
    await expect(mailer(house.url).send(message)).rejects.toMatchObject({ code, kind: 'invalid' })
    await expect(createMailer({ from }).send(message)).rejects.toMatchObject({ code })
    expect(house.mails).toEqual([])
  })
})

describe('settings that are not readable stop the start, and never repeat the password', () => {
  test.each([['mail.example'], ['http://mail.example'], ['smtp://'], ['smtp:// bad'], ['smtp://ana:%zz@mail.example'], ['']])(
    '%s',
    (url) => {
      expect(() => createMailer({ url, from })).toThrow(expect.objectContaining({ code: 'outside.mail-url-invalid', params: {} }))
    },
  )

  test.each([['desk'], ['Desk <desk>'], ['a@b.example, c@d.example']])('sender %s', (sender) => {
    expect(() => createMailer({ from: sender })).toThrow(expect.objectContaining({ code: 'outside.mail-address-invalid' }))
  })

  test('a sender with a header in the name', () => {
    const sender = 'Desk\r\nBcc: all@example.org <desk@sursur.example>'
    expect(() => createMailer({ from: sender })).toThrow(expect.objectContaining({ code: 'outside.mail-header-invalid' }))
  })
})

describe('a server that does not take the mail', () => {
  test('is down, silent, or no mail server: it may be sent again', async () => {
    await expect(mailer('smtp://127.0.0.1:1').send(MESSAGE)).rejects.toMatchObject({
      code: 'outside.mail-not-sent',
      params: { host: '127.0.0.1', reason: 'ESOCKET' },
    })
    const silent = createServer()
    server = silent
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const { port } = silent.address() as AddressInfo
    const sending = mailer(`smtp://127.0.0.1:${port}`, { timeoutSeconds: 0.3 }).send(MESSAGE)
    await expect(sending).rejects.toMatchObject({ code: 'outside.mail-not-sent', params: { reason: 'ETIMEDOUT' } })
  })

  test('says one line at a time for ever: the time is over all the same', async () => {
    const dripping = createServer((socket) => {
      const timer = setInterval(() => socket.write('220-please wait\r\n'), 50)
      socket.on('close', () => clearInterval(timer)).on('error', () => undefined)
    })
    server = dripping
    await new Promise<void>((resolve) => dripping.listen(0, '127.0.0.1', resolve))
    const { port } = dripping.address() as AddressInfo
    const sending = mailer(`smtp://127.0.0.1:${port}`, { timeoutSeconds: 0.4 }).send(MESSAGE)
    await expect(sending).rejects.toMatchObject({ code: 'outside.mail-not-sent', params: { reason: 'ETIMEDOUT' } })
  })

  test('offers no encryption: nothing is said in clear unless the administrator allowed it', async () => {
    house = await startMailHouse()
    const sending = mailer(house.url, { allowPlain: false }).send(MESSAGE)
    await expect(sending).rejects.toMatchObject({
      code: 'outside.mail-not-sent',
      params: { reason: expect.stringMatching(/^ETLS/) },
    })
    expect(house.mails).toEqual([])
  })

  test('shows a certificate that nobody vouches for', async () => {
    house = await startMailHouse({ disabledCommands: [] })
    await expect(mailer(house.url, { allowPlain: false }).send(MESSAGE)).rejects.toMatchObject({ code: 'outside.mail-not-sent' })
    expect(house.mails).toEqual([])
  })

  test('does not know the recipient: it is not to be sent again', async () => {
    const refusal = Object.assign(new Error('no such person as ana.silva'), { responseCode: 550 })
    house = await startMailHouse({ onRcptTo: (_address, _session, done) => done(refusal) })
    const problem = await mailer(house.url)
      .send(MESSAGE)
      .catch((found) => found)
    expect(problem).toMatchObject({ code: 'outside.mail-refused', params: { host: '127.0.0.1', reason: 'EENVELOPE 550' } })
    expect(JSON.stringify(problem.params)).not.toContain('ana')
  })

  test('is busy: it may be sent again', async () => {
    const busy = Object.assign(new Error('later'), { responseCode: 451 })
    house = await startMailHouse({ onRcptTo: (_address, _session, done) => done(busy) })
    await expect(mailer(house.url).send(MESSAGE)).rejects.toMatchObject({ code: 'outside.mail-not-sent' })
  })

  test('does not accept our password', async () => {
    house = await startMailHouse({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: (_auth, _session, done) => done(new Error('no')),
    })
    const sending = mailer(`smtp://desk:secret@127.0.0.1:${house.port}`).send(MESSAGE)
    await expect(sending).rejects.toMatchObject({ code: 'outside.mail-not-sent', params: { reason: 'EAUTH 535' } })
  })
})

test('without a server nothing leaves, and the caller is told', async () => {
  const outbox = createMailer({ from })
  expect(outbox.keepsOnly).toBe(true)
  expect(await outbox.send(MESSAGE)).toBe('kept')
})

describe('a mail arrives as it was written', () => {
  test('in English, with the headers that keep absence notices away', async () => {
    house = await startMailHouse()
    expect(await mailer(house.url).send(MESSAGE)).toBe('sent')
    const [mail] = house.mails
    expect(mail).toMatchObject({ from: 'desk@sursur.example', to: ['ana.silva@mofa.example'] })
    expect(mail?.raw).toMatch(/^From: South Desk <desk@sursur\.example>\r$/m)
    expect(mail?.raw).toMatch(/^Content-Language: en\r$/m)
    expect(mail?.raw).toMatch(/^Auto-Submitted: auto-generated\r$/m)
    expect(mail?.text.trimEnd()).toBe(MESSAGE.text.trimEnd())
  })

  test.each([
    ['ar', 'عيّن كلمة المرور', 'افتح هذا العنوان خلال ساعة:\n\nhttps://desk.example/ar/reset/abc'],
    ['zh', '设置您的密码', '请在一小时内打开此地址：\n\nhttps://desk.example/zh/reset/abc'],
    ['ru', 'Задайте пароль', 'Откройте этот адрес в течение часа:\n.\n\nhttps://desk.example/ru/reset/abc'],
  ])('in %s', async (lang, subject, text) => {
    house = await startMailHouse()
    await mailer(house.url).send({ ...MESSAGE, lang, subject, text })
    expect(house.mails[0]?.text.trimEnd()).toBe(text)
    expect(house.mails[0]?.raw).toMatch(/^Subject: =\?UTF-8\?/m)
  })
})

test('isMailAddress: letters of every script, one @', () => {
  expect(['ana@x.example', 'ana+1@x.example', "o'brien@x.example", 'ана@почта.example', 'a@localhost'].every(isMailAddress)).toBe(
    true,
  )
  expect(['', 'ana', '@x', 'ana@', 'a@b@c', 'a b@x', 'a@x\n', '\ud800@x'].some(isMailAddress)).toBe(false)
})
