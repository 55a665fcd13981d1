/**
 * A record's text in the language it is really in, with that language's direction, and a mark when nobody wrote it:
 * machine translations and translations older than their original say so.
 */
import { directionOf } from '../../i18n/languages.ts'
import { type LocalizedText, textFor } from '../../kernel/localized-text.ts'
import { NotStated } from './not-stated.tsx'
import { useTranslator } from './translator-context.ts'

export interface LocalizedTextViewProps {
  readonly value: LocalizedText | undefined
  /** `block` keeps the paragraphs of a long text; the default sits inside a sentence or a heading. */
  readonly as?: 'inline' | 'block' | undefined
}

export function LocalizedTextView({ value, as = 'inline' }: LocalizedTextViewProps) {
  const t = useTranslator()
  const found = textFor(value, t.lang)
  if (!value || !found) return <NotStated />
  const state = value.state?.[found.lang]
  // An undetermined language lets the browser find the direction from the letters.
  const dir = found.lang === 'und' ? 'auto' : directionOf(found.lang)
  const mark =
    state === 'machine' || state === 'stale' ? <span class="text-mark">{t(`components.text-state.${state}`)}</span> : null
  if (as === 'block') {
    return (
      <div class="record-text">
        <div lang={found.lang} dir={dir}>
          {found.text.split(/\n{2,}/).map((paragraph) => (
            <p key={paragraph}>{paragraph}</p>
          ))}
        </div>
        {mark}
      </div>
    )
  }
  return (
    <>
      <bdi lang={found.lang} dir={dir}>
        {found.text}
      </bdi>
      {mark && <> {mark}</>}
    </>
  )
}
