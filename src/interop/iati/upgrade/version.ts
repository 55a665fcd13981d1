/**
 * Which version an activity really is. The file states it, and most state it rightly; without a known version, or with one that the
 * activity plainly contradicts, its own shape decides.
 */
import type { XmlElement, XmlNode } from '../element.ts'
import { lookUp } from '../look-up.ts'

export interface JudgedVersion {
  readonly major: 1 | 2
  /** The shape decided, not the file. */
  readonly byShape: boolean
}

const KNOWN: Readonly<Record<string, 1 | 2>> = {
  '1.01': 1,
  '1.02': 1,
  '1.03': 1,
  '1.04': 1,
  '1.05': 1,
  '2.01': 2,
  '2.02': 2,
  '2.03': 2,
}

export function judgeVersion(activity: XmlElement, stated: string | undefined): JudgedVersion {
  const major = lookUp(KNOWN, stated?.trim())
  // A file of version 2 with one wrong part is a faulty file of version 2: only what is old throughout is read as old.
  if (major === 2) return hasOldTexts(activity) && hasOldCodes(activity) ? { major: 1, byShape: true } : { major, byShape: false }
  if (major === 1) return { major, byShape: hasNarrative(activity) }
  return { major: hasOldTexts(activity) || hasOldCodes(activity) ? 1 : 2, byShape: true }
}

/** The title (of an organisation: its name) is a text without narrative. */
function hasOldTexts({ children }: XmlElement): boolean {
  for (const child of children) {
    if (typeof child !== 'string' && (child.name === 'title' || child.name === 'name'))
      return !hasNarrativeChild(child) && child.children.some((node) => typeof node === 'string' && node.trim() !== '')
  }
  return false
}

function hasNarrative({ children }: XmlElement): boolean {
  return children.some((child) => typeof child !== 'string' && child.name === 'title' && hasNarrativeChild(child))
}

function hasNarrativeChild({ children }: XmlElement): boolean {
  return children.some((child) => typeof child !== 'string' && child.name === 'narrative')
}

/** Words where 2.03 has numbers, or elements that 2.03 no longer has. */
function hasOldCodes({ children }: XmlElement): boolean {
  return children.some((child) => typeof child !== 'string' && isOld(child))
}

function isOld({ name, attributes, children }: XmlElement): boolean {
  if (name === 'activity-date') return /^(start|end)-/i.test(attributes.type ?? '')
  if (name === 'participating-org') return /^[a-z]+$/i.test(attributes.role ?? '')
  if (name === 'transaction') return children.some(hasOldTransactionType)
  return name === 'activity-website'
}

function hasOldTransactionType(node: XmlNode): boolean {
  return typeof node !== 'string' && node.name === 'transaction-type' && /^[a-z]{1,2}$/i.test(node.attributes.code ?? '')
}
