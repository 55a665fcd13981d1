/** Rules that were broken: how often each, with the first case and where it stands. */
import { problemText } from '../../../../i18n/problem-text.ts'
import type { Translator } from '../../../../i18n/translator.ts'
import type { RuleCount } from '../../../../modules/registry/index.ts'
import { DataTable, EmptyState } from '../../../components/index.ts'
import { LevelTag } from '../kinds-table.tsx'
import { acceptedText, Code, foundText } from './problem-columns.tsx'

interface RulesTableProps {
  readonly t: Translator
  readonly rules: readonly RuleCount[]
  readonly hrefOf: (rule: RuleCount) => string
}

export function RulesTable({ t, rules, hrefOf }: RulesTableProps) {
  return (
    <DataTable
      caption={t('published.validity.rules')}
      captionHidden
      columns={[
        { key: 'level', label: t('imports.kinds.level'), cell: ({ level }) => <LevelTag t={t} level={level} /> },
        {
          key: 'rule',
          label: t('published.validity.rule'),
          rowHeader: true,
          cell: ({ code, example }) => (
            <>
              {problemText(t, { code, params: example.params })}
              <br />
              <span class="muted">
                <Code text={code} />
              </span>
            </>
          ),
        },
        {
          key: 'count',
          label: t('imports.kinds.count'),
          kind: 'number',
          cell: (rule) => <a href={hrefOf(rule)}>{t.number(rule.count)}</a>,
        },
        {
          key: 'activity',
          label: t('published.validity.first-case'),
          cell: ({ example: { place } }) =>
            place?.activity === undefined && place?.line === undefined ? (
              t('imports.kinds.whole-file')
            ) : (
              <>
                {place.activity !== undefined && <Code text={place.activity} />}
                {place.line !== undefined && <div class="muted">{t('problems.line', { line: String(place.line) })}</div>}
              </>
            ),
        },
        {
          key: 'element',
          label: t('published.validity.element'),
          cell: ({ example: { place } }) => (place?.element === undefined ? '–' : <Code text={place.element} />),
        },
        { key: 'found', label: t('imports.kinds.found'), cell: ({ example }) => isolatedText(foundText(example)) },
        {
          key: 'accepted',
          label: t('published.validity.accepted'),
          cell: ({ example }) => isolatedText(acceptedText(example)),
        },
      ]}
      rows={rules}
      rowKey={({ code, level }) => `${level} ${code}`}
      empty={<EmptyState title={t('imports.kinds.none')} />}
    />
  )
}

function isolatedText(text: string | undefined) {
  return text === undefined ? '–' : <bdi>{text}</bdi>
}
