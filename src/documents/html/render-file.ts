/** A document as one HTML file that needs nothing else: no server, no script, no font, no network. Numbers lead to their cards inside. */
import type { DocumentModel } from '../document-model.ts'
import { documentStyle, fileStyle } from './document-styles.ts'
import { escapeHtml } from './escape-html.ts'
import { anchorOf, renderBody } from './render-body.ts'
import { rowsStyle } from './rows-html.ts'

export function renderFile(model: DocumentModel): string {
  const body = renderBody(model, { hrefOf: (target) => `#${anchorOf(target)}`, cards: 'all', withSources: true })
  return `<!doctype html>
<html lang="${escapeHtml(model.lang)}" dir="${model.dir}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(model.title)}</title>
<style>
${fileStyle()}
${documentStyle()}
${rowsStyle(model)}
</style>
</head>
<body>
<main class="doc">
<h1>${escapeHtml(model.title)}</h1>
<ul class="state">${model.provenance.map((line) => `<li>${escapeHtml(line)}</li>`).join('')}</ul>
${body}
</main>
</body>
</html>
`
}
