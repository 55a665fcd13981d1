/** Gallery: what a record's page and a task are made of. */
import { areaName, codeName } from '../../../codes/index.ts'
import {
  CiteBox,
  DownloadLinks,
  LocalizedTextView,
  ProgressBar,
  ProvenanceLine,
  Steps,
  SummaryList,
  Tabs,
  Timeline,
  useTranslator,
} from '../../components/index.ts'
import { LONG_RUSSIAN } from './sample-texts.ts'
import { Specimen } from './specimen.tsx'

export function Records() {
  const t = useTranslator()
  const facts = [
    { label: t('components.gallery.name'), value: <LocalizedTextView value={LONG_RUSSIAN} /> },
    { label: t('components.gallery.provider'), value: areaName('RUS', t.lang) },
    { label: t('components.gallery.partner'), value: t.list(['KGZ', 'TJK', 'UZB'].map((code) => areaName(code, t.lang))) },
    { label: t('components.gallery.scale'), value: codeName('scale', 'regional', t.lang) },
    { label: t('components.gallery.period'), value: t.date('2012-04') },
    { label: t('components.gallery.budget'), value: undefined },
  ]
  return (
    <>
      <Specimen name="ProvenanceLine">
        <ProvenanceLine
          source={{ label: t('components.gallery.source'), href: '#records' }}
          at="2015-07-24T10:00:00Z"
          run={{ label: t('components.gallery.run'), href: '#records' }}
          checkedBy={t('components.gallery.office')}
          state="published"
        />
      </Specimen>
      <Specimen name="ProvenanceLine" state={t('components.gallery.state-none')}>
        <ProvenanceLine />
      </Specimen>
      <Specimen name="SummaryList" state="card">
        <SummaryList facts={facts} layout="card" />
      </Specimen>
      <Specimen name="SummaryList" state="lines">
        <SummaryList facts={facts.map((fact) => ({ ...fact, action: <a href="#records">{t('components.gallery.edit')}</a> }))} />
      </Specimen>
      <Specimen name="Tabs">
        <Tabs
          label={t('components.gallery.records')}
          tabs={[
            { label: t('components.gallery.tab-overview'), href: '#records', current: true },
            { label: t('components.gallery.tab-partners'), href: '#tab-partners', count: t.number(12) },
            { label: t('components.gallery.tab-history'), href: '#tab-history' },
          ]}
        />
      </Specimen>
      <Specimen name="Timeline">
        <Timeline
          events={[
            {
              id: 'changed',
              at: '2015-08-02T09:12:00Z',
              actor: t('components.gallery.office'),
              title: t('components.gallery.event-changed'),
              detail: <p class="muted">{t('components.gallery.event-why')}</p>,
            },
            { id: 'created', at: '2015-07-24', title: t('components.gallery.event-created') },
          ]}
        />
      </Specimen>
      <Specimen name="Timeline" state={t('components.gallery.state-none')}>
        <Timeline events={[]} />
      </Specimen>
      <Specimen name="Steps">
        <Steps
          label={t('components.gallery.steps')}
          steps={[
            { label: t('components.gallery.step-choose'), state: 'done', href: '#records' },
            { label: t('components.gallery.step-map'), state: 'done', href: '#records' },
            { label: t('components.gallery.step-check'), state: 'current' },
            { label: t('components.gallery.step-run'), state: 'todo' },
          ]}
        />
      </Specimen>
      <Specimen name="ProgressBar">
        <ProgressBar label={t('components.gallery.importing')} done={312} total={469} refreshSeconds={3} />
        <ProgressBar label={t('components.gallery.importing')} done={12000} />
      </Specimen>
      <Specimen name="DownloadLinks, CiteBox">
        <DownloadLinks
          label={t('components.about.download')}
          links={[
            { format: 'CSV', href: '#csv', detail: '84 kB' },
            { format: 'XLSX', href: '#xlsx', detail: '102 kB' },
            { format: 'IATI 2.03', href: '#iati' },
          ]}
        />
        <CiteBox citation={t('components.gallery.citation')} permalink="https://example.org/n/scale-regional-2014" />
      </Specimen>
    </>
  )
}
