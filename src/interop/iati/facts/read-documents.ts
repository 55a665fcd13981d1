/** Documents that an activity links to, and whom to ask about it. */
import type { InitiativeFacts } from '../../../modules/registry/index.ts'
import type { XmlElement } from '../element.ts'
import { collapsed } from '../text-space.ts'
import { LONGEST_NAME, languageTag, plainText, textIn } from './read-texts.ts'
import { readDate } from './read-values.ts'
import { attribute, cut, type Reading, stated, warn } from './reading.ts'

type DocumentLink = NonNullable<InitiativeFacts['documents']>[number]

const LONGEST_ADDRESS = 2000
const LONGEST_CONTACT = 2000

/** Web addresses only, as for those that people enter; a shortened address would lead elsewhere, so it is left out. */
export function readDocument(element: XmlElement, reading: Reading): DocumentLink | undefined {
  const url = attribute(element, 'url')
  if (url === undefined || !/^https?:\/\//i.test(url)) return undefined
  if (url.length > LONGEST_ADDRESS) {
    warn(reading, 'address-too-long', { length: url.length, limit: LONGEST_ADDRESS }, element, 'document-link/@url')
    return undefined
  }
  let title: XmlElement | undefined
  let category: string | undefined
  let language: string | undefined
  let date: string | undefined
  for (const child of element.children) {
    if (typeof child === 'string') continue
    if (child.name === 'title') title ??= child
    else if (child.name === 'category') category ??= attribute(child, 'code')
    else if (child.name === 'language') language ??= languageTag(child.attributes.code)
    else if (child.name === 'document-date') date ??= readDate(child.attributes['iso-date'])
  }
  const words = plainText(title, reading)
  return stated({
    title: words === undefined ? undefined : cut(words, LONGEST_NAME, reading, element, 'document-link/title/narrative'),
    url,
    category,
    language,
    date,
  })
}

const NARRATED = ['organisation', 'department', 'person-name', 'job-title', 'mailing-address']
const PLAIN = ['telephone', 'email', 'website']

/** One line for each thing stated, an empty line between contacts. */
export function readContact(elements: readonly XmlElement[], reading: Reading): string | undefined {
  const [first] = elements
  if (first === undefined) return undefined
  const text = elements
    .map((element) => contactLines(element, reading).join('\n'))
    .filter((lines) => lines !== '')
    .join('\n\n')
  return text === '' ? undefined : cut(text, LONGEST_CONTACT, reading, first, 'contact-info')
}

function contactLines(element: XmlElement, reading: Reading): string[] {
  return element.children.flatMap((child) => {
    if (typeof child === 'string') return []
    if (NARRATED.includes(child.name)) return plainText(child, reading) ?? []
    return PLAIN.includes(child.name) ? collapsed(textIn(child)) || [] : []
  })
}
