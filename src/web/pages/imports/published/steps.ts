/** The steps of importing a published file: there are no columns to match, only a collection to choose. */
import type { Translator } from '../../../../i18n/translator.ts'
import type { Step } from '../../../components/index.ts'

export type PublishedStep = 'choose' | 'target' | 'check' | 'import'

const STEPS: readonly PublishedStep[] = ['choose', 'target', 'check', 'import']

/** Steps with an address are links; those before the current one are done. */
export function publishedSteps(
  t: Translator,
  current: PublishedStep,
  hrefs: Partial<Record<PublishedStep, string | undefined>>,
): Step[] {
  const at = STEPS.indexOf(current)
  return STEPS.map((step, index) => ({
    label: t(step === 'choose' || step === 'import' ? `imports.step.${step}` : `published.step.${step}`),
    state: index < at ? 'done' : index === at ? 'current' : 'todo',
    ...(hrefs[step] === undefined ? {} : { href: hrefs[step] }),
  }))
}
