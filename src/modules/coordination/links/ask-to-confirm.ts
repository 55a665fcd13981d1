/**
 * Asks a person to confirm: by mail in the language of the person, or by a letter to print, each with a link of its own. Mail goes to the
 * account of the person or to an address with a consent to be written to; without either only the letter is left.
 */
import { z } from 'zod'
import { areaName } from '../../../codes/index.ts'
import { type Db, sql } from '../../../database/db.ts'
import { listLanguages } from '../../../i18n/languages.ts'
import { translatorFor } from '../../../i18n/translator.ts'
import { textFor } from '../../../kernel/localized-text.ts'
import { Problem } from '../../../kernel/problems.ts'
import { defineCommand } from '../../../operations/index.ts'
import { senderOfMessages, writeMessage } from '../../access/index.ts'
import { findOrg, mailAddresseeOf } from '../../directory/index.ts'
import type { FocalPoint } from '../focal-points/focal-point.ts'
import { lockFocalPoint } from '../focal-points/focal-point-rows.ts'
import { scopeOfFocalPoint } from '../focal-points/scope-of-focal-point.ts'
import { focalPointRef } from '../focal-points/trace.ts'
import { makeConfirmationLink, noteMessageOfLink } from './confirmation-links.ts'

interface Addressee {
  readonly name: string
  readonly userId: string | null
  readonly email: string | null
  readonly lang: string
}

/** Errors: Problems `coordination.no-address`, `coordination.focal-point-ended`. */
export const askToConfirm = defineCommand({
  name: 'coordination.ask-to-confirm',
  permission: 'coordination.focal-point.edit',
  input: z.object({ id: z.string() }),
  scope: (context, { id }) => scopeOfFocalPoint(context, id),
  /** The message stands in the outbox; the answer holds no link, so that no program keeps it. */
  async run({ whole, clock, actor, changed }, { id }): Promise<{ id: string; lang: string }> {
    const one = await lockFocalPoint(whole, id)
    const addressee = await addresseeOf(whole, one, clock.now())
    if (addressee.email === null) throw new Problem('coordination.no-address')
    await writeAsking(whole, clock.now(), one, addressee, actor.id)
    changed({ ref: focalPointRef(id), action: 'asked-by-mail', version: one.version })
    return { id, lang: addressee.lang }
  },
})

export interface PrintedLink {
  readonly id: string
  /** Language of the person, for the letter. */
  readonly lang: string
  readonly personName: string
  readonly address: string
  readonly expiresAt: string
}

/** The link is for the caller alone, to print it on a letter. */
export const printConfirmationLink = defineCommand({
  name: 'coordination.print-confirmation-link',
  permission: 'coordination.focal-point.edit',
  input: z.object({ id: z.string() }),
  answer: 'secret',
  scope: (context, { id }) => scopeOfFocalPoint(context, id),
  async run({ whole, clock, actor, changed }, { id }): Promise<PrintedLink> {
    const one = await lockFocalPoint(whole, id)
    const { name, lang } = await addresseeOf(whole, one, clock.now())
    const link = await makeConfirmationLink(whole, clock.now(), { focalPointId: id, way: 'print', createdBy: actor.id })
    await noteAsked(whole, clock.now(), id)
    changed({ ref: focalPointRef(id), action: 'letter-printed', version: one.version })
    return { id, lang, personName: name, address: addressOf(link.token, lang), expiresAt: link.expiresAt }
  },
})

function addressOf(token: string, lang: string): string {
  return `${senderOfMessages().publicUrl}/${lang}/focal-points/confirm?token=${token}`
}

/** The first language of the focal point, then of the person, that the program speaks; else that of the account; else English. */
export async function addresseeOf(db: Db, one: FocalPoint, now: Date): Promise<Addressee> {
  const person = await mailAddresseeOf(db, one.personId, now.toISOString().slice(0, 10))
  if (person.name === null) throw new Problem('coordination.person-erased')
  const account =
    person.userId === null
      ? undefined
      : await db.maybe<{ email: string; lang: string }>(sql`
          select email, lang from users where id = ${person.userId} and state = 'active'
        `)
  const spoken = listLanguages()
  const wanted = [...one.languages, ...person.languages].map((tag) => tag.split('-')[0] ?? tag)
  const lang = wanted.find((tag) => spoken.includes(tag)) ?? account?.lang ?? 'en'
  return { name: person.name, userId: account ? person.userId : null, email: account?.email ?? person.email, lang }
}

/** Writes the message with a new link. The addressee has an address. */
export async function writeAsking(db: Db, at: Date, one: FocalPoint, addressee: Addressee, by: string): Promise<void> {
  const { email, lang, name, userId } = addressee
  const link = await makeConfirmationLink(db, at, { focalPointId: one.id, way: 'mail', createdBy: by })
  const t = translatorFor(lang)
  const params = {
    instance: senderOfMessages().instanceName,
    name,
    whom: await subjectIn(db, one, lang),
    link: addressOf(link.token, lang),
    until: t.date(link.expiresAt.slice(0, 10)),
  }
  const messageId = await writeMessage(db, at, {
    userId,
    to: email ?? '',
    lang,
    purpose: 'focal-point',
    subject: t('coordination.mail.confirm.subject', params),
    body: t('coordination.mail.confirm.text', params),
  })
  await noteMessageOfLink(db, link.id, messageId)
  await noteAsked(db, at, one.id)
}

async function noteAsked(db: Db, at: Date, id: string): Promise<void> {
  await db.run(sql`update focal_points set reminded_at = ${at.toISOString()}, reminders = reminders + 1 where id = ${id}`)
}

/** "Kenya", "UNICEF, Kenya": the words of the mail in its language. */
async function subjectIn(db: Db, { countryCode, orgId }: FocalPoint, lang: string): Promise<string> {
  const org = orgId === null ? undefined : await findOrg(db, orgId)
  const names = [org && textFor(org.names, lang)?.text, countryCode === null ? undefined : areaName(countryCode, lang)]
  return translatorFor(lang).list(names.filter((text) => text !== undefined))
}
