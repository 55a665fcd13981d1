/** The label under each configured profile: the step that decided, why, and which facts would make it firmer (domain 7.4). */
import { areaName, codeName } from '../../../../codes/index.ts'
import type { InitiativeView } from '../../../../modules/registry/index.ts'
import { Panel, Tag } from '../../../components/index.ts'
import { partyLabel } from '../words.ts'
import type { DetailProps } from './detail-page.tsx'

export function ClassificationSection(props: DetailProps) {
  const { request, view } = props
  const { t, at } = request
  const override = view.record.facts.cooperationOverride
  return (
    <section aria-labelledby="label">
      <h2 id="label">{t('registry.detail.label')}</h2>
      <p>{t('registry.detail.label-lead')}</p>
      {agreeing(view.cooperation).map(({ profiles, result }) => (
        <Panel
          key={result.profile}
          level={3}
          title={t('registry.label-under', {
            label: codeName('framework', result.type, t.lang),
            profile: t.list(profiles.map((profile) => t(`cooperation.profile.${profile}`))),
          })}
          actions={<Tag>{t('registry.label.step', { step: t.number(result.step) })}</Tag>}
        >
          <p class="muted">{t(`cooperation.type-meaning.${result.type}`)}</p>
          <ul>
            {result.explanation.map((note) => (
              <li key={note.code}>{sentence(props, 'explanation', note)}</li>
            ))}
          </ul>
          {result.computed && (
            <p>
              {t('registry.label.computed', {
                label: codeName('framework', result.computed.type, t.lang),
                step: t.number(result.computed.step),
                by: override ? props.people(override.by) : '',
              })}
            </p>
          )}
          {result.missing.length > 0 && (
            <>
              <p>{t('registry.label.missing')}</p>
              <ul>
                {result.missing.map((note) => (
                  <li key={`${note.code} ${JSON.stringify(note.params)}`}>
                    {view.collection.readOnly ? (
                      sentence(props, 'missing', note)
                    ) : (
                      <a href={`${at(`/initiatives/${view.record.id}/edit`)}#rows-partners`}>
                        {sentence(props, 'missing', note)}
                      </a>
                    )}
                  </li>
                ))}
              </ul>
            </>
          )}
        </Panel>
      ))}
    </section>
  )
}

/** Profiles that give the same answer for the same reasons are shown once. */
function agreeing(
  results: InitiativeView['cooperation'],
): { profiles: string[]; result: InitiativeView['cooperation'][number] }[] {
  const groups = new Map<string, { profiles: string[]; result: InitiativeView['cooperation'][number] }>()
  for (const result of results) {
    const { profile, ...answer } = result
    const key = JSON.stringify(answer)
    const known = groups.get(key)
    if (known) known.profiles.push(profile)
    else groups.set(key, { profiles: [profile], result })
  }
  return [...groups.values()]
}

type CooperationNote = InitiativeView['cooperation'][number]['explanation'][number]

/** The sentence of a note, with names in place of codes. */
function sentence(
  { request: { t }, view, naming }: DetailProps,
  family: 'explanation' | 'missing',
  note: CooperationNote,
): string {
  const partners = new Map((view.record.facts.partners ?? []).map((partner) => [partner.no, partner]))
  const nameOf = (id: string) => {
    const partner = partners.get(id.replace(/^partner:/, ''))
    return partner ? partyLabel(t, partner, naming.orgs) : areaName(id, t.lang)
  }
  const params = Object.fromEntries(
    Object.entries(note.params).map(([name, value]) => [
      name,
      typeof value === 'string' || typeof value === 'number' ? value : t.list(value.map(nameOf)),
    ]),
  )
  return t(`cooperation.${family}.${note.code}`, params)
}
