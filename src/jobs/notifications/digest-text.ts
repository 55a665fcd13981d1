/** The text of a digest: what happened, counted by kind, and what waits. No title and no name: mail leaves the house. */
import { type Translator, translatorFor } from '../../i18n/translator.ts'
import type { DueDigest } from '../../modules/access/index.ts'
import type { WaitingPlace } from '../../modules/registry/index.ts'

export interface DigestText {
  readonly subject: string
  readonly body: string
}

export function digestText(due: Omit<DueDigest, 'upTo'>, places: readonly WaitingPlace[]): DigestText {
  const { actor, lang, news, instanceName, publicUrl } = due
  const t = translatorFor(lang)
  const total = news.reduce((sum, { count }) => sum + count, 0)
  const waiting = waitingTogether(places)
  const lines = [
    t('notifications.digest.greeting', { name: actor.name }),
    '',
    t('notifications.digest.lead', { instance: instanceName, count: total, shown: t.number(total) }),
    ...news.map(({ kind, count }) => `- ${t(`notifications.digest.kind.${kind}`, { count, shown: t.number(count) })}`),
    ...(waiting.length === 0 ? [] : ['', t('notifications.digest.waiting'), ...waiting.map((one) => waitingLine(t, one))]),
    '',
    `${publicUrl}/${lang}/notifications`,
    '',
    t('notifications.digest.footer'),
  ]
  return {
    subject: t('notifications.digest.subject', { instance: instanceName, count: total, shown: t.number(total) }),
    body: lines.join('\n'),
  }
}

/** Of all scopes together: in which, the page says. */
function waitingTogether(places: readonly WaitingPlace[]): [key: string, count: number][] {
  const sums = new Map<string, number>()
  for (const { waiting } of places) for (const { key, count } of waiting) sums.set(key, (sums.get(key) ?? 0) + count)
  return [...sums]
}

function waitingLine(t: Translator, [key, count]: readonly [string, number]): string {
  return `- ${t(`workspace.waiting.${key}`, { count, shown: t.number(count) })}`
}
