/** The operations on what organisations publish about themselves. */
import { addOrganisations, listKnownOrganisations } from './add-organisations.ts'
import { exportOrganisations } from './export-organisations.ts'
import { listOrgPublications } from './list-org-publications.ts'
import { listRunOrganisations } from './list-run-organisations.ts'

export const publicationOperations = [
  listKnownOrganisations,
  addOrganisations,
  listOrgPublications,
  listRunOrganisations,
  exportOrganisations,
] as const
