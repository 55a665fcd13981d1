/** The visible form of "unknown" (domain ruling 8): never a blank, never a zero. */
import { useTranslator } from './translator-context.ts'

export interface NotStatedProps {
  /** How many rows do not state it; without a count the words stand alone. */
  readonly count?: number | undefined
}

export function NotStated({ count }: NotStatedProps) {
  const t = useTranslator()
  return (
    <span class="not-stated">
      {count === undefined ? t('components.not-stated') : t('components.not-stated-count', { count, shown: t.number(count) })}
    </span>
  )
}

/** True for what a source left open: such a cell shows `NotStated`. */
export function isNotStated(value: unknown): boolean {
  return value === undefined || value === null || value === ''
}
