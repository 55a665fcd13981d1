/**
 * Progress of a job. Without script the page asks again by itself: give `Document` the same `refreshSeconds`.
 */
import { useTranslator } from './translator-context.ts'

export interface ProgressBarProps {
  readonly label: string
  readonly done: number
  /** Undefined while the total is not known yet. */
  readonly total?: number | undefined
  /** In place of "so many of so many", where they count something that nobody counts: bytes. */
  readonly words?: string | undefined
  /** Present while the job runs: the page says that it renews itself. */
  readonly refreshSeconds?: number | undefined
}

export function ProgressBar({ label, done, total, words, refreshSeconds }: ProgressBarProps) {
  const t = useTranslator()
  const shown =
    words ??
    (total === undefined
      ? t('components.progress.open', { count: done, done: t.number(done) })
      : t('components.progress.of', { done: t.number(done), total: t.number(total) }))
  return (
    <div class="progress" role="status">
      <p class="progress-label">{label}</p>
      <progress aria-label={label} value={total === undefined ? undefined : done} max={total} />
      <p class="progress-words">
        {shown}
        {refreshSeconds !== undefined && <> · {t('components.progress.refresh', { seconds: refreshSeconds })}</>}
      </p>
    </div>
  )
}
