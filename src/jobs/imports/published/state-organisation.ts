/** What a piece about an organisation states, whatever its version: in 2.03 shape, with what an export of ours had set aside in place. */
import {
  bindsOwnPrefix,
  type FileContext,
  factsOfOrganisation,
  restoreKept,
  upgradeOrganisation,
  type XmlElement,
} from '../../../interop/iati/index.ts'
import { type OrgFinder, withLanguageOfFile } from './state-piece.ts'

export function stateOrganisation(element: XmlElement, context: FileContext, findOrg: OrgFinder) {
  const { organisation, notes } = upgradeOrganisation(element, context.version)
  const isOwnPrefix = bindsOwnPrefix(organisation.attributes, context.namespaces)
  const current = withLanguageOfFile(isOwnPrefix ? restoreKept(organisation) : organisation, context)
  return { organisation: current, notes, ...factsOfOrganisation(current, { context, findOrg }) }
}
