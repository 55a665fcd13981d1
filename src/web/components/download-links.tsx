/** The same rows as on screen, in other people's formats. */

export interface DownloadLink {
  /** "CSV", "XLSX", "IATI 2.03": proper names, the same in every language. */
  readonly format: string
  readonly href: string
  /** Size or row count, already formatted. */
  readonly detail?: string | undefined
}

export interface DownloadLinksProps {
  readonly label: string
  readonly links: readonly DownloadLink[]
}

export function DownloadLinks({ label, links }: DownloadLinksProps) {
  return (
    <div class="downloads">
      <p class="downloads-label">{label}</p>
      <ul>
        {links.map((link) => (
          <li key={link.href}>
            <a href={link.href} download>
              <bdi>{link.format}</bdi>
            </a>
            {link.detail !== undefined && (
              <span class="muted">
                {' '}
                (<bdi>{link.detail}</bdi>)
              </span>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}
