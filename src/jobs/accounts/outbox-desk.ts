/** Sends what waits in the outbox, one message after the other, outside of any transaction. */
import { Problem } from '../../kernel/problems.ts'
import { deskOperations } from '../../modules/access/index.ts'
import { PROGRAM } from '../../operations/index.ts'
import type { AccountDesk, AccountDeskOptions } from './account-desk.ts'

const { claimWaitingMessage, noteDelivery, tidyAccounts } = deskOperations

type Delivery = { readonly outcome: 'sent' | 'kept' | 'failed' | 'refused'; readonly failure?: string }

export function outboxDesk({ operations, mail }: AccountDeskOptions): Pick<AccountDesk, 'sendWaiting' | 'tidy'> {
  let running: Promise<{ sent: number; failed: number; kept: number }> | undefined

  async function deliver(message: { to: string; subject: string; body: string; lang: string }): Promise<Delivery> {
    if (!mail) return { outcome: 'kept' }
    try {
      return { outcome: await mail.send({ to: message.to, subject: message.subject, text: message.body, lang: message.lang }) }
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      // Only when the server may take it later is another try worth it.
      const outcome = error.code === 'outside.mail-not-sent' ? 'failed' : 'refused'
      return { outcome, failure: [error.code, error.params.reason ?? ''].join(' ').trim().slice(0, 200) }
    }
  }

  async function sendAll(): Promise<{ sent: number; failed: number; kept: number }> {
    const count = { sent: 0, failed: 0, kept: 0 }
    let after = ''
    for (;;) {
      const message = await operations.run(claimWaitingMessage, { after }, PROGRAM)
      if (message === null) return count
      after = message.id
      const { outcome, failure } = await deliver(message)
      await operations.run(noteDelivery, { id: message.id, outcome, ...(failure === undefined ? {} : { failure }) }, PROGRAM)
      count[outcome === 'refused' ? 'failed' : outcome] += 1
    }
  }

  return {
    sendWaiting() {
      running ??= sendAll().finally(() => {
        running = undefined
      })
      return running
    },

    async tidy() {
      await operations.run(tidyAccounts, {}, PROGRAM)
    },
  }
}
