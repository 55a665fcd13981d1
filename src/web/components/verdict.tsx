/** How a computed number stands to the printed one (domain ruling 4): sign and word, then colour. Never "wrong". */
import { useTranslator } from './translator-context.ts'

export const VERDICTS = ['reproduced', 'reproduced_when_rounded', 'not_reproducible', 'nothing_to_compare'] as const

export type VerdictCode = (typeof VERDICTS)[number]

const SIGNS: Readonly<Record<VerdictCode, string>> = {
  reproduced: '✓',
  reproduced_when_rounded: '≈',
  not_reproducible: '≠',
  nothing_to_compare: '–',
}

export interface VerdictProps {
  readonly verdict: VerdictCode
  /** Adds the sentence that says what the verdict means and what it does not. */
  readonly explained?: boolean | undefined
}

export function Verdict({ verdict, explained = false }: VerdictProps) {
  const t = useTranslator()
  return (
    <span class={`verdict verdict-${verdict.replaceAll('_', '-')}`}>
      <span class="verdict-sign" aria-hidden="true">
        {SIGNS[verdict]}
      </span>{' '}
      <span class="verdict-word">{t(`components.verdict.${verdict}`)}</span>
      {explained && <span class="verdict-meaning">{t(`components.verdict-meaning.${verdict}`)}</span>}
    </span>
  )
}
