/** What of a report is bound, quoted or neither, in each language, and where each number comes from. */

import { buildReport } from '../../../documents/report/build-report.ts'
import { numberTitle, originSentence, valueText } from '../../../documents/report/number-words.ts'
import { reportContext, targetOfNumber } from '../../../documents/report/report-context.ts'
import { ownNameOf } from '../../../i18n/languages.ts'
import { type CheckedLanguage, checkReportQuery, getReport, type UnboundNumeral } from '../../../modules/reporting/index.ts'
import { DataTable, Notice, Page } from '../../components/index.ts'
import type { PageContent, PageRequest } from '../../site.tsx'
import { siteHref } from './document-links.ts'

export async function checkPage(request: PageRequest): Promise<PageContent> {
  const { t, at, actor, context, params } = request
  const key = params.key ?? ''
  const report = await context.operations.run(getReport, { key, lang: t.lang }, actor)
  const check = await context.operations.run(checkReportQuery, { key }, actor)
  const name = buildReport(report, t).title
  const title = t('reporting.check.title', { report: name })
  const words = reportContext(report, t)
  const count = (part: 'numerals' | 'bound' | 'boundToQueries' | 'quoted', label: string) => ({
    key: part,
    label: t(`reporting.check.column.${label}`),
    kind: 'number' as const,
    cell: ([, checked]: [string, CheckedLanguage]) => t.number(checked[part]),
  })
  return {
    title,
    place: 'reports',
    body: (
      <Page
        title={title}
        lead={t('reporting.check.lead')}
        trail={[
          { label: t('reporting.reports.title'), href: at('/reports') },
          { label: name, href: at(`/reports/${key}`) },
        ]}
      >
        <Notice kind={check.unbound.length === 0 ? 'good' : 'bad'}>
          <p>
            {check.unbound.length === 0
              ? t('reporting.check.none')
              : t('reporting.check.some', { count: check.unbound.length, shown: t.number(check.unbound.length) })}
          </p>
        </Notice>
        <DataTable
          caption={t('reporting.check.by-language')}
          rows={Object.entries(check.languages)}
          rowKey={([lang]) => lang}
          columns={[
            {
              key: 'lang',
              label: t('reporting.check.column.language'),
              cell: ([lang]: [string, CheckedLanguage]) => <span lang={lang}>{ownNameOf(lang)}</span>,
            },
            count('numerals', 'numerals'),
            count('bound', 'bound'),
            count('boundToQueries', 'queries'),
            count('quoted', 'quoted'),
            {
              key: 'unbound',
              label: t('reporting.check.column.unbound'),
              kind: 'number',
              cell: ([, { unbound }]) => t.number(unbound.length),
            },
          ]}
        />
        {check.unbound.length > 0 && <Unbound request={request} unbound={check.unbound} />}
        <DataTable
          caption={t('reporting.check.bound-list')}
          rows={Object.values(report.numbers)}
          rowKey={(number) => number.key}
          columns={[
            { key: 'key', label: t('reporting.check.column.number'), cell: (number) => <code dir="ltr">{number.key}</code> },
            {
              key: 'value',
              label: t('reporting.check.column.value'),
              kind: 'number',
              cell: (number) => {
                const target = targetOfNumber(number)
                const href =
                  target.to === 'derived' ? `${at(`/reports/${key}`)}${siteHref(request, target)}` : siteHref(request, target)
                return <a href={href}>{valueText(words, number.key)}</a>
              },
            },
            {
              key: 'origin',
              label: t('reporting.check.column.origin'),
              cell: (number) =>
                number.origin.kind === 'reported'
                  ? `${numberTitle(words, number)}; ${originSentence(words, number)}`
                  : originSentence(words, number),
            },
            {
              key: 'rows',
              label: t('reporting.check.column.rows'),
              kind: 'number',
              cell: ({ rows }) => (rows === null ? '–' : t.number(rows)),
            },
            {
              key: 'checksum',
              label: t('reporting.check.column.checksum'),
              cell: ({ checksum }) => <code dir="ltr">{checksum.slice(0, 12)}</code>,
            },
          ]}
        />
      </Page>
    ),
  }
}

function Unbound({ request: { t }, unbound }: { readonly request: PageRequest; readonly unbound: readonly UnboundNumeral[] }) {
  return (
    <DataTable
      caption={t('reporting.check.unbound-list')}
      rows={unbound}
      rowKey={({ lang, place, start }) => `${lang} ${place} ${start}`}
      columns={[
        {
          key: 'lang',
          label: t('reporting.check.column.language'),
          cell: ({ lang }) => <span lang={lang}>{ownNameOf(lang)}</span>,
        },
        { key: 'place', label: t('reporting.check.column.place'), cell: ({ place }) => <code dir="ltr">{place}</code> },
        {
          key: 'text',
          label: t('reporting.check.column.number'),
          cell: ({ lang, text, context }) => (
            <span lang={lang} dir="auto">
              <mark>{text}</mark> <span class="muted">{context}</span>
            </span>
          ),
        },
      ]}
    />
  )
}
