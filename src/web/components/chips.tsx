/** The filters that are set, each removable by following its link. */
import { Labelled } from './labelled.tsx'
import { useTranslator } from './translator-context.ts'

export interface Chip {
  readonly group: string
  readonly value: string
  /** The same list without this filter. */
  readonly removeHref: string
}

export interface ChipsProps {
  readonly chips: readonly Chip[]
  readonly clearHref?: string | undefined
}

export function Chips({ chips, clearHref }: ChipsProps) {
  const t = useTranslator()
  if (chips.length === 0) return null
  return (
    <ul class="chips" aria-label={t('components.chips.name')}>
      {chips.map((chip) => (
        <li key={chip.removeHref}>
          <a class="chip" href={chip.removeHref}>
            <Labelled label={chip.group}>{chip.value}</Labelled>
            <span class="visually-hidden"> {t('components.chips.remove')}</span>
            <span class="chip-cross" aria-hidden="true">
              ×
            </span>
          </a>
        </li>
      ))}
      {clearHref !== undefined && chips.length > 1 && (
        <li>
          <a href={clearHref}>{t('components.chips.clear')}</a>
        </li>
      )}
    </ul>
  )
}
