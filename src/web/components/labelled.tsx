/** "Label: value" in the punctuation of the language: French sets a space before the colon, Chinese a wide one. */
import type { ComponentChildren } from 'preact'
import { useTranslator } from './translator-context.ts'

export interface LabelledProps {
  readonly label: string
  readonly children: ComponentChildren
}

export function Labelled({ label, children }: LabelledProps) {
  const t = useTranslator()
  return (
    <span class="labelled">
      <span class="labelled-label">{t('components.label', { label })}</span> <bdi>{children}</bdi>
    </span>
  )
}
