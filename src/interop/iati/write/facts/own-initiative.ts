/** `sur:initiative`: what 2.03 has no element for about the initiative as a whole. It also says that there is more of ours to read. */
import type { InitiativeFacts } from '../../../../modules/registry/index.ts'
import type { XmlElement } from '../../element.ts'
import { element, narratives } from '../make-element.ts'

export interface WrittenYear {
  readonly year: number | null
  readonly groupKey: string | null
}

export function ownInitiative(
  facts: InitiativeFacts,
  identifier: string | undefined,
  listed: readonly WrittenYear[],
): XmlElement {
  const { kind, purpose, theme, regionalPublicGood, exchange, budget } = facts
  const codes = (name: string, list: readonly string[] = []) => list.map((code) => element(name, { code }))
  const exchanged = narratives(exchange, { own: true, language: facts.published?.language })
  const children = [
    ...(exchanged.length === 0 ? [] : [element('sur:exchange', {}, exchanged)]),
    ...codes('sur:host', facts.hosts),
    ...codes('sur:engaged-country', facts.engagedCountries),
    ...codes('sur:territorial-focus', facts.territorialFocus),
    ...codes('sur:partner-type', facts.partnerTypes),
    ...codes('sur:modality', facts.modalities),
    ...(budget ? [element('sur:budget', { amount: budget.amount, currency: budget.currency })] : []),
    ...listed.map(({ year, groupKey }) => element('sur:listed', { year: year ?? undefined, 'group-key': groupKey ?? undefined })),
  ]
  const hasIatiIdentifier = facts.identifiers?.some(({ scheme }) => scheme === 'iati') === true
  return element(
    'sur:initiative',
    {
      identifier,
      'iati-identifier-derived': hasIatiIdentifier ? undefined : true,
      kind,
      purpose,
      theme,
      'regional-public-good': regionalPublicGood,
    },
    children,
  )
}
