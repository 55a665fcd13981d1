/** A list of the workspace as a file, in every format of the lists. */
import { LISTING_FORMATS } from '../../../jobs/exports/listing-table.ts'
import type { WorkspaceKey } from '../../../modules/registry/index.ts'
import { DownloadLinks } from '../../components/index.ts'
import type { PageRequest } from '../../site.tsx'
import { workspaceAddress } from './words.ts'

interface RecordDownloadsProps {
  readonly request: PageRequest
  readonly scope: WorkspaceKey
  readonly list: string
  readonly label: string
}

export function RecordDownloads({ request, scope, list, label }: RecordDownloadsProps) {
  const links = LISTING_FORMATS.map(({ format, extension }) => ({
    format,
    href: `${workspaceAddress(request, scope, `/records.${extension}`)}?list=${list}`,
  }))
  return <DownloadLinks label={label} links={links} />
}
