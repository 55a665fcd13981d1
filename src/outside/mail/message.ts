/** What a mail of ours is, and what it may not hold: one recipient, one line of subject, plain text in one language. */
import { Problem } from '../../kernel/problems.ts'

export interface MailMessage {
  readonly to: string
  readonly subject: string
  readonly text: string
  /** BCP 47, for Content-Language. */
  readonly lang: string
}

export interface MailAddress {
  readonly name: string
  readonly address: string
}

/** RFC 5321: an address has at most 254 characters. */
const LONGEST_ADDRESS = 254

/** RFC 5322 allows 998 in a line; 200 is more than any list of mails shows. */
const LONGEST_SUBJECT = 200

const LARGEST_TEXT_KILOBYTES = 256

/** Line breaks of every kind, and other controls: whoever gets one into a header writes headers of his own. */
const NOT_IN_A_HEADER = /[\p{Cc}\u2028\u2029]/u

/** One plain address. Quoted local parts, comments, groups and lists are left out on purpose: each can hide a second recipient. */
export function isMailAddress(text: string): boolean {
  return (
    text.length <= LONGEST_ADDRESS && text.isWellFormed() && /^[^\s\p{Cc}@<>()[\]\\,;:"]+@[^\s\p{Cc}@<>()[\]\\,;:"]+$/u.test(text)
  )
}

/** Throws a Problem; nothing is repaired silently, because a changed message is not what was asked for. */
export function checkMessage({ to, subject, text, lang }: MailMessage): void {
  if (!isMailAddress(to)) throw new Problem('outside.mail-address-invalid', { found: to.slice(0, LONGEST_ADDRESS) })
  if (NOT_IN_A_HEADER.test(subject) || subject.length > LONGEST_SUBJECT) {
    throw new Problem('outside.mail-header-invalid', { field: 'subject' })
  }
  if (!/^[A-Za-z0-9-]{2,35}$/.test(lang)) throw new Problem('outside.mail-header-invalid', { field: 'lang' })
  if (Buffer.byteLength(text) > LARGEST_TEXT_KILOBYTES * 1024) {
    throw new Problem('outside.mail-too-large', { kilobytes: LARGEST_TEXT_KILOBYTES })
  }
}

/** `South Desk <desk@sursur.example>` or the address alone. */
export function readSender(text: string): MailAddress {
  const [, name = '', inBrackets] = /^(.*?)\s*<([^<>]*)>$/s.exec(text.trim()) ?? []
  const address = inBrackets ?? text.trim()
  if (!isMailAddress(address)) throw new Problem('outside.mail-address-invalid', { found: text.slice(0, LONGEST_ADDRESS) })
  if (NOT_IN_A_HEADER.test(name)) throw new Problem('outside.mail-header-invalid', { field: 'from' })
  return { name: name.replace(/^"(.*)"$/, '$1'), address }
}
