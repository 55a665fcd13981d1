/**
 * Everything that Sursur adds to IATI 2.03, as data: elements, attributes on elements of the standard, and the vocabulary of tags.
 * The pages under /standards/iati show it; `extension-elements.test.ts` checks that nothing else is written.
 */
import { TAG_LISTS, type TagList } from './write/facts/tag-codes.ts'

/** What a value is: a text, a number, a date as far as it is known, yes or no, a number that refers to another element, or a code. */
export type ValueKind = 'text' | 'number' | 'date' | 'flag' | 'reference' | 'country' | { readonly list: string }

export interface OwnAttribute {
  readonly name: string
  readonly value: ValueKind
}

export interface OwnElement {
  /** With its prefix; `standards.element.<name without prefix>` says what it is for. */
  readonly name: string
  /** The elements that it stands in. */
  readonly within: readonly string[]
  readonly attributes: readonly OwnAttribute[]
}

const attribute = (name: string, value: ValueKind = 'text'): OwnAttribute => ({ name, value })
const list = (name: string, key: string): OwnAttribute => attribute(name, { list: key })
const coded = (name: string, value: ValueKind): OwnElement => ({
  name,
  within: ['sur:initiative'],
  attributes: [attribute('code', value)],
})

export const OWN_ELEMENTS: readonly OwnElement[] = [
  {
    name: 'sur:initiative',
    within: ['iati-activity'],
    attributes: [
      attribute('identifier'),
      attribute('iati-identifier-derived', 'flag'),
      list('kind', 'initiativeKind'),
      list('purpose', 'purpose'),
      list('theme', 'theme'),
      attribute('regional-public-good', 'flag'),
    ],
  },
  { name: 'sur:exchange', within: ['sur:initiative'], attributes: [] },
  coded('sur:host', 'country'),
  coded('sur:engaged-country', 'country'),
  coded('sur:territorial-focus', { list: 'territorialFocus' }),
  coded('sur:partner-type', { list: 'partnerType' }),
  coded('sur:modality', { list: 'modality' }),
  { name: 'sur:budget', within: ['sur:initiative'], attributes: [attribute('amount', 'number'), attribute('currency')] },
  { name: 'sur:listed', within: ['sur:initiative'], attributes: [attribute('year', 'number'), attribute('group-key')] },
  {
    name: 'sur:partner',
    within: ['participating-org', 'iati-activity'],
    attributes: [
      attribute('no'),
      list('role', 'role'),
      attribute('country', 'country'),
      list('type', 'partnerType'),
      attribute('unnamed', 'flag'),
      attribute('named', 'flag'),
      attribute('agreed', 'flag'),
      attribute('own-resources', 'flag'),
      attribute('ref'),
      attribute('position', 'number'),
    ],
  },
  { name: 'sur:name', within: ['sur:partner'], attributes: [] },
  { name: 'sur:responsibilities', within: ['sur:partner'], attributes: [] },
  {
    name: 'sur:collective',
    within: ['sur:partner'],
    attributes: [attribute('group'), attribute('declared-by'), attribute('members', 'country')],
  },
  {
    name: 'sur:contribution',
    within: ['iati-activity'],
    attributes: [
      attribute('no'),
      attribute('element'),
      attribute('giver', 'reference'),
      attribute('giver-name'),
      attribute('giver-ref'),
      attribute('taker', 'reference'),
      attribute('taker-name'),
      attribute('taker-ref'),
      attribute('joint', 'flag'),
      list('modality', 'modality'),
      list('nature', 'contributionNature'),
      attribute('start', 'date'),
      attribute('end', 'date'),
      attribute('quantity', 'number'),
      list('unit', 'unit'),
      attribute('country', 'country'),
      attribute('region-vocabulary'),
      attribute('region'),
      attribute('published', 'flag'),
      attribute('value'),
      attribute('amount', 'number'),
      attribute('currency'),
      attribute('value-date', 'date'),
      attribute('position', 'number'),
    ],
  },
  { name: 'sur:description', within: ['sur:contribution'], attributes: [] },
  {
    name: 'sur:sector',
    within: ['sur:contribution'],
    attributes: [attribute('vocabulary'), attribute('code'), attribute('share', 'number')],
  },
  {
    name: 'sur:valuation',
    within: ['sur:contribution'],
    attributes: [
      attribute('amount', 'number'),
      attribute('currency'),
      attribute('basis'),
      attribute('price-year', 'number'),
      attribute('source'),
    ],
  },
  {
    name: 'sur:result',
    within: ['result', 'iati-activity'],
    attributes: [
      attribute('level'),
      attribute('indicator'),
      attribute('baseline'),
      attribute('target'),
      attribute('actual'),
      attribute('giver', 'reference'),
      attribute('taker', 'reference'),
      attribute('attribution'),
      attribute('indicators-derived', 'flag'),
      attribute('position', 'number'),
    ],
  },
  { name: 'sur:statement', within: ['sur:result'], attributes: [] },
  {
    name: 'sur:document',
    within: ['iati-activity'],
    attributes: [
      attribute('url'),
      attribute('title'),
      attribute('language'),
      attribute('date', 'date'),
      attribute('position', 'number'),
    ],
  },
  {
    name: 'sur:kept',
    within: ['iati-activity', 'iati-organisation'],
    attributes: [attribute('path'), attribute('shown', 'flag')],
  },
]

/** Attributes of ours on elements of the standard; `standards.attribute.<name without prefix>` says what each means. */
export const OWN_ATTRIBUTES: readonly { readonly name: string; readonly on: readonly string[]; readonly value: ValueKind }[] = [
  {
    name: 'sur:derived',
    on: ['activity-scope', 'recipient-country', 'recipient-region', 'collaboration-type', 'title'],
    value: 'flag',
  },
  { name: 'sur:stated', on: ['activity-scope', 'collaboration-type'], value: 'text' },
  {
    name: 'sur:known-to',
    on: ['activity-date', 'transaction-date', 'period-start', 'period-end', 'document-date'],
    value: 'text',
  },
  { name: 'sur:original', on: ['narrative'], value: 'flag' },
  { name: 'sur:state', on: ['narrative'], value: 'text' },
  { name: 'sur:scheme', on: ['other-identifier'], value: 'text' },
  { name: 'sur:contribution', on: ['tag'], value: 'text' },
  { name: 'sur:org', on: ['tag'], value: 'text' },
  { name: 'sur:no', on: ['budget', 'planned-disbursement', 'transaction'], value: 'reference' },
  { name: 'sur:value-date', on: ['value'], value: 'date' },
  { name: 'sur:measure', on: ['indicator'], value: 'text' },
]

/** Codes of the three frameworks of TOSSD, and the code of ours that each stands for. */
export const FRAMEWORK_TAGS: readonly { readonly code: string; readonly framework: string }[] = [
  { code: 'FC01', framework: 'SSC' },
  { code: 'FC02', framework: 'TRC' },
  { code: 'FC03', framework: 'MSS' },
]

/** Lists of the vocabulary: how their codes begin, and the code list behind each. */
export const OWN_TAG_LISTS: readonly { readonly start: string; readonly list: string }[] = (
  Object.keys(TAG_LISTS) as TagList[]
).map((key) => ({ start: `${TAG_LISTS[key]}.`, list: key === 'region' ? 'undpRegion' : key }))
