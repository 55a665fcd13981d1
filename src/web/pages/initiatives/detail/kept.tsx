/** What the source wrote and no field or list takes: columns kept under their headings, and words that no list knows beside their field. */
import { codeName, isCode } from '../../../../codes/index.ts'
import type { Translator } from '../../../../i18n/translator.ts'
import { isFieldKey } from '../../../../interop/tables/index.ts'
import type { InitiativeFacts } from '../../../../modules/registry/index.ts'
import { DataTable } from '../../../components/index.ts'
import type { DetailProps } from './detail-page.tsx'

export function KeptSection({ request: { t }, view }: DetailProps) {
  const kept = Object.entries(view.record.facts.kept ?? {})
  if (kept.length === 0) return null
  return (
    <section>
      <h2 id="kept">{t('imports.record.kept-title')}</h2>
      <p class="muted">{t('registry.detail.kept', { count: kept.length, shown: t.number(kept.length) })}</p>
      <DataTable
        caption={t('imports.record.kept-title')}
        captionHidden
        columns={[
          {
            key: 'header',
            label: t('imports.columns.header'),
            rowHeader: true,
            // A text kept for one of our own fields stands under the name of that field.
            cell: ([header]) => (isFieldKey(header) ? t(`tables.field.${header}`) : <bdi>{header}</bdi>),
          },
          { key: 'text', label: t('imports.check.text'), cell: ([, text]) => <bdi>{text}</bdi> },
        ]}
        rows={kept}
        rowKey={([header]) => header}
      />
    </section>
  )
}

type CodedFact = 'kind' | 'phase' | 'scale' | 'theme'

/** The name of a code; what no list knows is shown as the source wrote it. Undefined when nothing is stated. */
export function codeOrKept(t: Translator, facts: InitiativeFacts, fact: CodedFact, list: string) {
  const code = facts[fact]
  if (code !== undefined && isCode(list, code)) return codeName(list, code, t.lang)
  return asWritten(t, code ?? facts.kept?.[fact])
}

export function asWritten(t: Translator, text: string | undefined) {
  return text === undefined ? undefined : (
    <span class="muted">{t('imports.record.as-written', { text: `\u2068${text}\u2069` })}</span>
  )
}
