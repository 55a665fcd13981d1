/** How complete the record is, and the three fixes that cost a person least; each leads to its place in the form. */
import { Panel, ProgressBar } from '../../../components/index.ts'
import { FIELDS_OF_FIX } from '../form/form-places.ts'
import type { DetailProps } from './detail-page.tsx'

const SHOWN_FIXES = 3
/** The thirteen fields of domain 6.2. */
const FIELDS = 13

export function CompletenessSection({ request: { t, at }, view }: DetailProps) {
  const { share, missing } = view.completeness
  const present = Math.round(share * FIELDS)
  return (
    <Panel title={t('registry.detail.completeness')} id="completeness">
      <ProgressBar
        label={t('registry.complete.of', { present: t.number(present), total: t.number(FIELDS) })}
        done={present}
        total={FIELDS}
      />
      {missing.length > 0 && (
        <>
          <p>{t('registry.complete.next')}</p>
          <ol>
            {missing.slice(0, SHOWN_FIXES).map((field) => (
              <li key={field}>
                {view.collection.readOnly ? (
                  t(`registry.complete.${field}`)
                ) : (
                  <a href={`${at(`/initiatives/${view.record.id}/edit`)}#${FIELDS_OF_FIX[field] ?? ''}`}>
                    {t(`registry.complete.${field}`)}
                  </a>
                )}
              </li>
            ))}
          </ol>
        </>
      )}
    </Panel>
  )
}
