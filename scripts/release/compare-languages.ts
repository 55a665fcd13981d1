/**
 * Are all languages complete? English is the measure: the same keys, the same placeholders, the plural forms that each
 * language's own rules ask for, and a text that was really translated. Each gap is a sentence.
 */
import type { LanguageFiles, Message, MessageNodes } from './message-files.ts'

export const REQUIRED_LANGUAGES = ['ar', 'en', 'es', 'fr', 'ru', 'zh'] as const

/** The node types of an ICU message, as intl-messageformat numbers them. */
const LITERAL = 0
const SELECT = 5
const PLURAL = 6

/** These scripts share no letter with English, so a sentence without any letter of theirs was not translated. */
const OWN_SCRIPT: Readonly<Record<string, RegExp>> = {
  ar: /\p{Script=Arabic}/u,
  ru: /\p{Script=Cyrillic}/u,
  zh: /\p{Script=Han}/u,
}

export function findGaps(languages: readonly LanguageFiles[]): string[] {
  const english = languages.find(({ lang }) => lang === 'en')
  const gaps = languages.flatMap((language) => language.unreadable)
  for (const lang of REQUIRED_LANGUAGES) {
    if (!languages.some((language) => language.lang === lang)) gaps.push(`locales/${lang}: the language is missing.`)
  }
  if (!english) return gaps
  for (const language of languages) {
    for (const key of english.messages.keys()) {
      if (!language.messages.has(key)) gaps.push(`${language.lang}: ${key} is missing.`)
    }
    for (const message of language.messages.values()) {
      const original = english.messages.get(message.key)
      if (!original) gaps.push(`${language.lang}: ${message.key} does not exist in English.`)
      else gaps.push(...compare(original, message, language.lang).map((what) => `${language.lang}: ${message.key} ${what}`))
    }
  }
  return gaps
}

function compare(original: Message, message: Message, lang: string): string[] {
  const found = pluralGaps(message.nodes, lang)
  if (lang === 'en') return found
  const wanted = placeholdersOf(original.nodes)
  const present = placeholdersOf(message.nodes)
  for (const name of wanted) if (!present.has(name)) found.push(`lacks the placeholder {${name}}.`)
  for (const name of present) if (!wanted.has(name)) found.push(`has a placeholder {${name}} that English does not have.`)
  const choices = selectChoicesOf(original.nodes)
  for (const [name, options] of selectChoicesOf(message.nodes)) {
    const lacking = [...(choices.get(name) ?? [])].filter((option) => !options.has(option))
    if (lacking.length > 0) found.push(`lacks the choice ${lacking.join(', ')} of {${name}}.`)
  }
  if (isUntranslated(original, message, lang)) found.push('is not translated.')
  return found
}

/** Every node, also those inside plural and select branches. */
function* allNodes(nodes: MessageNodes): Generator<MessageNodes[number]> {
  for (const node of nodes) {
    yield node
    if ('options' in node) for (const option of Object.values(node.options)) yield* allNodes(option.value)
    if ('children' in node) yield* allNodes(node.children)
  }
}

/** Literal texts and the `#` of a plural have no name of their own. */
export function placeholdersOf(nodes: MessageNodes): Set<string> {
  const names = new Set<string>()
  for (const node of allNodes(nodes)) if (node.type !== LITERAL && 'value' in node) names.add(node.value)
  return names
}

function selectChoicesOf(nodes: MessageNodes): Map<string, Set<string>> {
  const choices = new Map<string, Set<string>>()
  for (const node of allNodes(nodes)) if (node.type === SELECT) choices.set(node.value, new Set(Object.keys(node.options)))
  return choices
}

function pluralGaps(nodes: MessageNodes, lang: string): string[] {
  const found: string[] = []
  for (const node of allNodes(nodes)) {
    if (node.type !== PLURAL) continue
    const type = node.pluralType ?? 'cardinal'
    const written = Object.keys(node.options).filter((option) => !option.startsWith('='))
    const lacking = formsInUse(lang, type).filter((form) => !written.includes(form))
    if (lacking.length > 0) found.push(`lacks the plural form ${lacking.join(', ')} of {${node.value}}.`)
    const known: readonly string[] = new Intl.PluralRules(lang, { type }).resolvedOptions().pluralCategories
    const foreign = written.filter((form) => !known.includes(form))
    if (foreign.length > 0)
      found.push(`has a plural form ${foreign.join(', ')} of {${node.value}} that the language does not have.`)
  }
  return found
}

/**
 * The forms that whole numbers up to 1,000 select, and `other`, which ICU itself demands: six in Arabic, four in Russian.
 * French and Spanish `many` is for exact millions only and stays optional.
 */
function formsInUse(lang: string, type: Intl.PluralRuleType): string[] {
  const rules = new Intl.PluralRules(lang, { type })
  const forms = new Set<string>(['other'])
  for (let count = 0; count <= 1000; count += 1) forms.add(rules.select(count))
  return rules.resolvedOptions().pluralCategories.filter((form) => forms.has(form))
}

/** Names and codes may stay as they are; a sentence may not, and three English words in a row are a sentence. */
function isUntranslated(original: Message, message: Message, lang: string): boolean {
  const words = literalTextOf(original.nodes).match(/\p{L}{2,}/gu) ?? []
  const ownScript = OWN_SCRIPT[lang]
  if (ownScript && words.some((word) => /^[a-z]{4,}$/.test(word)) && !ownScript.test(literalTextOf(message.nodes))) return true
  return words.length >= 3 && message.text === original.text
}

function literalTextOf(nodes: MessageNodes): string {
  return [...allNodes(nodes)].map((node) => (node.type === LITERAL ? node.value : ' ')).join('')
}
