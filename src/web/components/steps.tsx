/** The steps of a longer task, each an address: done, current, still to come. */
import { useTranslator } from './translator-context.ts'

export interface Step {
  readonly label: string
  readonly state: 'done' | 'current' | 'todo'
  /** Present when the person may go there now. */
  readonly href?: string | undefined
}

export interface StepsProps {
  readonly label: string
  readonly steps: readonly Step[]
}

export function Steps({ label, steps }: StepsProps) {
  const t = useTranslator()
  return (
    <nav class="steps" aria-label={label}>
      <ol>
        {steps.map((step) => (
          <li key={step.label} class={`step-${step.state}`} aria-current={step.state === 'current' ? 'step' : undefined}>
            {step.href !== undefined && step.state !== 'current' ? (
              <a href={step.href}>{step.label}</a>
            ) : (
              <span>{step.label}</span>
            )}
            {step.state === 'done' && <span class="visually-hidden"> {t('components.steps.done')}</span>}
          </li>
        ))}
      </ol>
    </nav>
  )
}
