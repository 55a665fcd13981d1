/** What an action on the record met, at the top of the page: it takes the focus and leads to the fields that are missing. */
import type { Translator } from '../../../../i18n/translator.ts'

export interface RefusedReason {
  readonly message: string
  /** Where it can be mended: a field of the form of the record, or a field further down this page. */
  readonly href?: string | undefined
  /** Name of the field on this page that the message concerns. */
  readonly field?: string | undefined
}

interface RefusedNoticeProps {
  readonly t: Translator
  readonly reasons: readonly RefusedReason[]
}

export function RefusedNotice({ t, reasons }: RefusedNoticeProps) {
  if (reasons.length === 0) return null
  return (
    // biome-ignore lint/a11y/noAutofocus: after a refused action the reader must land on the reasons, also without script
    <div class="error-summary" role="alert" tabIndex={-1} autoFocus aria-labelledby="refused-title">
      <h2 id="refused-title">{t('registry.move.refused')}</h2>
      <ul>
        {reasons.map(({ message, href }) => (
          <li key={`${href ?? ''} ${message}`}>{href === undefined ? message : <a href={href}>{message}</a>}</li>
        ))}
      </ul>
    </div>
  )
}
