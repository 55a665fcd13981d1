/** A report in the middle of the page: numbered paragraphs, numbers as doors, figures, tables. The same document as the file. */
import { renderBody } from '../../../documents/html/render-body.ts'
import { renderFile } from '../../../documents/html/render-file.ts'
import { buildReport } from '../../../documents/report/build-report.ts'
import { contentDisposition, type HttpResponse } from '../../../kernel/http.ts'
import { getReport } from '../../../modules/reporting/index.ts'
import { ButtonLink, Notice, Page } from '../../components/index.ts'
import type { PageContent, PageRequest } from '../../site.tsx'
import { absoluteAddress } from '../initiatives/list/cite-list.ts'
import { siteHref } from './document-links.ts'
import { reportStyleHref } from './report-style.ts'

export async function reportPage(request: PageRequest): Promise<PageContent> {
  const { t, at, actor, context, params } = request
  const key = params.key ?? ''
  const report = await context.operations.run(getReport, { key, lang: t.lang }, actor)
  const model = buildReport(report, t)
  const html = renderBody(model, { hrefOf: (target) => siteHref(request, target), cards: 'derived', withSources: false })
  const address = at(`/reports/${key}`)
  return {
    title: model.title,
    place: 'reports',
    dataKind: report.portfolios.some(({ collection }) => collection.kind === 'sample') ? 'sample' : undefined,
    about: {
      downloads: [{ format: 'HTML', href: `${address}/file` }],
      cite: {
        citation: `${context.instance.name}: ${model.title}. ${model.provenance.join(' ')}`,
        permalink: absoluteAddress(request, address),
      },
    },
    body: (
      <>
        <link rel="stylesheet" href={reportStyleHref(at)} />
        <Page
          title={model.title}
          trail={[{ label: t('reporting.reports.title'), href: at('/reports') }]}
          lead={
            <ul class="provenance">
              {model.provenance.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          }
          actions={
            <>
              <ButtonLink href={`${address}/file`} kind="secondary">
                {t('reporting.reports.file')}
              </ButtonLink>
              <ButtonLink href={`${address}/check`} kind="secondary">
                {t('reporting.reports.check')}
              </ButtonLink>
            </>
          }
        >
          {report.missing.length > 0 && (
            <Notice>
              <p>{t('reporting.reports.sample-missing')}</p>
            </Notice>
          )}
          {/* The document's renderer escapes every word; the page shows exactly what the file holds. */}
          <div class="doc" dangerouslySetInnerHTML={{ __html: html }} />
        </Page>
      </>
    ),
  }
}

/** The self-contained file, built when it is asked for, so that it is never older than the page. */
export async function reportFile({ t, actor, context, params }: PageRequest): Promise<HttpResponse> {
  const key = params.key ?? ''
  const report = await context.operations.run(getReport, { key, lang: t.lang, withRows: true }, actor)
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-language': t.lang,
      'content-disposition': contentDisposition(`${key}-${t.lang}.html`, 'inline'),
      // The file brings its own style and nothing else; it runs nothing and asks nobody.
      'content-security-policy':
        "default-src 'none'; object-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      'cache-control': 'no-cache',
    },
    body: renderFile(buildReport(report, t)),
  }
}
