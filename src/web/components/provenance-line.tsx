/** Under every title: where from, when, by which run, who checked, state. One line, muted, always there. */
import { Labelled } from './labelled.tsx'
import { StatePill } from './state-pill.tsx'
import { useTranslator } from './translator-context.ts'

export interface ProvenanceLink {
  readonly label: string
  readonly href?: string | undefined
}

export interface ProvenanceLineProps {
  readonly source?: ProvenanceLink | undefined
  /** A partial date ('2014', '2014-06-01') or an instant in ISO 8601. */
  readonly at?: string | undefined
  readonly run?: ProvenanceLink | undefined
  /** The person or office that checked it; leave out when nobody has, and the line says so. */
  readonly checkedBy?: string | undefined
  /** A record state of `StatePill`, or any state together with `stateLabel`. */
  readonly state?: string | undefined
  readonly stateLabel?: string | undefined
}

export function ProvenanceLine({ source, at, run, checkedBy, state, stateLabel }: ProvenanceLineProps) {
  const t = useTranslator()
  return (
    <ul class="provenance" aria-label={t('components.provenance.name')}>
      <li>
        <Labelled label={t('components.provenance.source')}>
          {source ? <MaybeLink {...source} /> : t('components.not-stated')}
        </Labelled>
      </li>
      {at !== undefined && (
        <li>
          <Labelled label={t('components.provenance.at')}>
            <time dateTime={at}>{at.includes('T') ? t.instant(at) : t.date(at)}</time>
          </Labelled>
        </li>
      )}
      {run && (
        <li>
          <Labelled label={t('components.provenance.run')}>
            <MaybeLink {...run} />
          </Labelled>
        </li>
      )}
      <li>
        {checkedBy === undefined ? (
          t('components.provenance.unchecked')
        ) : (
          <Labelled label={t('components.provenance.checked-by')}>{checkedBy}</Labelled>
        )}
      </li>
      {state !== undefined && (
        <li>
          <StatePill state={state} label={stateLabel} />
        </li>
      )}
    </ul>
  )
}

function MaybeLink({ label, href }: ProvenanceLink) {
  return href === undefined ? label : <a href={href}>{label}</a>
}
