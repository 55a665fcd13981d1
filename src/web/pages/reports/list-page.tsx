/** The reports of this installation. */
import { buildReport } from '../../../documents/report/build-report.ts'
import { textWithoutNumbers } from '../../../documents/report/text-runs.ts'
import { ownNameOf } from '../../../i18n/languages.ts'
import { checkReportQuery, getReport, type ListedReport, listReports } from '../../../modules/reporting/index.ts'
import { Page, Panel, SummaryList } from '../../components/index.ts'
import type { PageContent, PageRequest } from '../../site.tsx'
import { documentHref } from './document-links.ts'

export async function reportListPage(request: PageRequest): Promise<PageContent> {
  const { t, actor, context } = request
  const title = t('reporting.reports.title')
  const reports = await context.operations.run(listReports, {}, actor)
  const panels = []
  for (const report of reports) panels.push(await reportPanel(request, report))
  return {
    title,
    place: 'reports',
    body: (
      <Page title={title} lead={t('reporting.reports.lead')}>
        {panels}
      </Page>
    ),
  }
}

/** A title with numbers in it needs the whole report; most have none. */
async function titleOf({ t, actor, context }: PageRequest, { key, titles }: ListedReport, lang: string): Promise<string> {
  const title = textWithoutNumbers(titles[lang] ?? key, t)
  return title ?? buildReport(await context.operations.run(getReport, { key, lang }, actor), t).title
}

async function reportPanel(request: PageRequest, report: ListedReport) {
  const { t, at, actor, context } = request
  const { key, languages, sourceDocument } = report
  const lang = languages.includes(t.lang) ? t.lang : (languages[0] ?? 'en')
  const title = await titleOf(request, report, lang)
  const check = await context.operations.run(checkReportQuery, { key }, actor)
  const own = check.languages[lang]
  const name = (code: string) => (
    <a href={`/${code}/reports/${key}`} lang={code} hreflang={code}>
      {ownNameOf(code)}
    </a>
  )
  return (
    <Panel key={key} title={title} id={key}>
      <SummaryList
        facts={[
          {
            label: t('components.header.language'),
            value: <>{languages.map((code, index) => [index > 0 && ' · ', name(code)])}</>,
          },
          { label: t('reporting.reports.rests-on'), value: <a href={documentHref(at, sourceDocument)}>{sourceDocument}</a> },
          {
            label: t('reporting.reports.numbers'),
            value: (
              <a href={at(`/reports/${key}/check`)}>
                {t('reporting.reports.numbers-text', {
                  bound: t.number(own?.bound ?? 0),
                  quoted: t.number(own?.quoted ?? 0),
                  unbound: t.number(own?.unbound.length ?? 0),
                })}
              </a>
            ),
          },
        ]}
      />
      <p class="button-row">
        <a class="button button-primary" href={at(`/reports/${key}`)}>
          {t('reporting.reports.read')}
        </a>
        <a class="button button-secondary" href={at(`/reports/${key}/file`)} download>
          {t('reporting.reports.file')}
        </a>
      </p>
    </Panel>
  )
}
