/**
 * Mail by SMTP, plain text. Without an address of a server nothing leaves: `send` answers `kept`, and the caller keeps the message
 * where the administrator can read it.
 */
import { Problem } from '../../kernel/problems.ts'
import { checkMessage, type MailAddress, type MailMessage, readSender } from './message.ts'

export interface MailSettings {
  /** `smtp://user:secret@host:587` (STARTTLS) or `smtps://host:465`. Absent: nothing is sent. */
  readonly url?: string | undefined
  /** `desk@sursur.example` or `South Desk <desk@sursur.example>`. */
  readonly from: string
  /** Lets mail, and the password of the server, go unencrypted. For a server on this machine only. */
  readonly allowPlain?: boolean
  readonly timeoutSeconds?: number
}

export interface Mailer {
  /** Nothing is ever sent: the caller's copy is the only one. */
  readonly keepsOnly: boolean
  /**
   * Throws a Problem: `outside.mail-refused` when the server will never take it (try no more), `outside.mail-not-sent` when it may
   * later, `outside.mail-address-invalid` and `outside.mail-header-invalid` when the message itself is wrong.
   */
  send(message: MailMessage): Promise<'sent' | 'kept'>
}

/** For one message, from connecting to the last answer. */
const TIMEOUT_SECONDS = 30

/** Throws a Problem when the settings are not readable: a start stops at once, not at the first lost password. */
export function createMailer(settings: MailSettings): Mailer {
  const from = readSender(settings.from)
  if (settings.url === undefined) {
    return {
      keepsOnly: true,
      async send(message) {
        checkMessage(message)
        return 'kept'
      },
    }
  }
  const server = readServer(settings.url)
  return {
    keepsOnly: false,
    async send(message) {
      checkMessage(message)
      await deliver(message, from, server, settings)
      return 'sent'
    },
  }
}

interface MailServer {
  readonly host: string
  readonly port: number
  readonly secure: boolean
  readonly auth: { readonly user: string; readonly pass: string } | undefined
}

/** The address holds a password, so the problem never repeats it. */
function readServer(text: string): MailServer {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !['smtp:', 'smtps:'].includes(url.protocol) || url.hostname === '') throw new Problem('outside.mail-url-invalid')
  const secure = url.protocol === 'smtps:'
  try {
    return {
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
      secure,
      auth: url.username === '' ? undefined : { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
    }
  } catch {
    throw new Problem('outside.mail-url-invalid') // a lone per cent sign
  }
}

async function deliver(message: MailMessage, from: MailAddress, server: MailServer, settings: MailSettings): Promise<void> {
  // Only read when there is something to send: 25 MB.
  const { createTransport } = await import('nodemailer')
  const milliseconds = (settings.timeoutSeconds ?? TIMEOUT_SECONDS) * 1_000
  const { auth, ...place } = server
  const transport = createTransport({
    ...place,
    ...(auth ? { auth } : {}),
    requireTLS: !server.secure && !settings.allowPlain,
    ignoreTLS: settings.allowPlain === true && !server.secure,
    connectionTimeout: milliseconds,
    greetingTimeout: milliseconds,
    socketTimeout: milliseconds,
    dnsTimeout: milliseconds,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const timeout = Promise.withResolvers<never>()
  const timer = setTimeout(() => timeout.reject(Object.assign(new Error('time is over'), { code: 'ETIMEDOUT' })), milliseconds)
  try {
    const sending = transport.sendMail(composed(message, from))
    sending.catch(() => undefined) // when time is over first, its own failure comes later and is not news
    await Promise.race([sending, timeout.promise])
  } catch (cause) {
    throw failure(cause, server.host)
  } finally {
    clearTimeout(timer)
    transport.close()
  }
}

function composed(message: MailMessage, from: MailAddress) {
  return {
    from,
    to: { name: '', address: message.to },
    envelope: { from: from.address, to: message.to },
    subject: message.subject,
    text: message.text,
    headers: {
      'Content-Language': message.lang,
      // RFC 3834: so that no absence notice answers, and none is answered.
      'Auto-Submitted': 'auto-generated',
    },
  }
}

/** The server's own words may hold addresses of persons, so only codes go into the problem. */
function failure(cause: unknown, host: string): Problem {
  const { code, responseCode } = cause as { code?: unknown; responseCode?: unknown }
  const reason = [code, responseCode].filter((part) => typeof part === 'string' || typeof part === 'number').join(' ')
  const isForThisMessage = code === 'EENVELOPE' || code === 'EMESSAGE'
  const isForGood = isForThisMessage && typeof responseCode === 'number' && responseCode >= 500
  return new Problem(isForGood ? 'outside.mail-refused' : 'outside.mail-not-sent', { host, reason }, { cause })
}
