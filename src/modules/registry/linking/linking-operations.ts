/** The operations about records that report one initiative. */
import { getInitiativeLinks } from './get-initiative-links.ts'
import { linkInitiatives, unlinkInitiatives } from './link-initiatives.ts'
import { getLinkProposal, listLinkProposals } from './list-link-proposals.ts'
import './problems.ts'
import { findLinkProposals, keepLinkProposals, takeLinkSearch } from './link-search-steps.ts'
import { getLinkSearch, proposeLinks } from './propose-links.ts'
import { refuseLink } from './refuse-link.ts'

export const linkingOperations = [
  proposeLinks,
  getLinkSearch,
  takeLinkSearch,
  findLinkProposals,
  keepLinkProposals,
  listLinkProposals,
  getLinkProposal,
  getInitiativeLinks,
  linkInitiatives,
  unlinkInitiatives,
  refuseLink,
] as const
