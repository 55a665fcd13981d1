/** Gallery: numbers as doors, cards, verdicts, unknowns, marks. */
import {
  LocalizedTextView,
  Notice,
  NotStated,
  NumberCard,
  NumberDoor,
  Panel,
  RECORD_STATES,
  StatePill,
  Tag,
  useTranslator,
  VERDICTS,
  Verdict,
} from '../../components/index.ts'
import { ARABIC_WITH_TRANSLATION, CHINESE, LONG_RUSSIAN } from './sample-texts.ts'
import { Specimen } from './specimen.tsx'

export function NumbersAndWords() {
  const t = useTranslator()
  return (
    <>
      <Specimen name="NumberDoor">
        <p>
          {t('components.gallery.sentence-before')}{' '}
          <NumberDoor href="#number-card" definition={t('components.gallery.door-definition')} value={469}>
            {t.number(469)}
          </NumberDoor>{' '}
          {t('components.gallery.sentence-after')}
        </p>
        <p>
          <NumberDoor href="#number-card" definition={t('components.gallery.share-definition')} value={0.309} size="large">
            {t.percent(0.309, { digits: 1 })}
          </NumberDoor>
        </p>
      </Specimen>
      <Specimen name="NumberCard">
        <div id="number-card">
          <NumberCard
            title={t('components.gallery.share-title')}
            value={t.percent(145 / 469, { digits: 1 })}
            numerator={{ value: 145, label: t('components.gallery.projects-regional') }}
            denominator={{ value: 469, label: t('components.gallery.projects') }}
            definition={{
              id: 'scale-of-cooperation.regional',
              text: t('components.gallery.share-definition'),
              href: '#number-card',
            }}
            reading={t('components.gallery.reading-all')}
            when="2014"
            rows={469}
            rowsHref="#number-card"
            confirmed={402}
            notStated={5}
            reported={{
              value: t.percent(0.31),
              source: 'A/00/000, ¶32',
              href: '#number-card',
              difference: t.percent(-0.0008, { digits: 2, signed: true }),
            }}
            verdict="reproduced_when_rounded"
            comparable="partly"
            cite={{ citation: t('components.gallery.citation'), permalink: 'https://example.org/n/scale-regional-2014' }}
          />
        </div>
      </Specimen>
      <Specimen name="NumberCard" state={t('components.gallery.state-none')}>
        <NumberCard
          title={t('components.gallery.share-title')}
          definition={{ id: 'scale-of-cooperation.regional', text: t('components.gallery.share-definition') }}
          rows={0}
          verdict="nothing_to_compare"
        />
      </Specimen>
      <Specimen name="Verdict">
        <ul>
          {VERDICTS.map((verdict) => (
            <li key={verdict}>
              <Verdict verdict={verdict} explained />
            </li>
          ))}
        </ul>
      </Specimen>
      <Specimen name="NotStated, Tag, StatePill">
        <p>
          <NotStated /> · <NotStated count={1} /> · <NotStated count={37} />
        </p>
        <p class="button-row">
          {(['plain', 'accent', 'note', 'good', 'bad'] as const).map((tone) => (
            <Tag key={tone} tone={tone}>
              {t('components.gallery.tag')}
            </Tag>
          ))}
        </p>
        <p class="button-row">
          {RECORD_STATES.map((state) => (
            <StatePill key={state} state={state} />
          ))}
        </p>
      </Specimen>
      <Specimen name="LocalizedTextView">
        <ul>
          {[LONG_RUSSIAN, ARABIC_WITH_TRANSLATION, CHINESE, undefined].map((text) => (
            <li key={text?.orig ?? 'none'}>
              <LocalizedTextView value={text} />
            </li>
          ))}
        </ul>
      </Specimen>
      <Specimen name="Notice">
        <Notice>
          <p>{t('components.gallery.notice')}</p>
        </Notice>
        <Notice kind="good" title={t('components.gallery.notice-good')} />
        <Notice kind="bad" title={t('components.gallery.notice-bad')} />
      </Specimen>
      <Specimen name="Panel">
        <Panel
          title={t('components.gallery.panel')}
          level={3}
          actions={<a href="#number-card">{t('components.gallery.edit')}</a>}
        >
          <p>{t('components.gallery.panel-text')}</p>
        </Panel>
      </Specimen>
    </>
  )
}
