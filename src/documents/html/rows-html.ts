/**
 * Rows that open without server and script. Each number has an address before the table; while that address is the target of the
 * browser, a rule of the style sheet leaves only the rows that the number counts.
 */
import type { DocumentModel, RowsAnnex } from '../document-model.ts'
import { escapeHtml } from './escape-html.ts'

/** Address of the rows behind a number; undefined when the document carries no rows. */
export function rowSetId({ rows }: DocumentModel, portfolio: string, definitionId: string): string | undefined {
  const annex = rows.findIndex((one) => one.portfolio === portfolio)
  const set = rows[annex]?.sets.findIndex((one) => one.definitionId === definitionId) ?? -1
  return set < 0 ? undefined : idOf(annex, set)
}

function idOf(annex: number, set: number): string {
  return `r${annex}-${set}`
}

export function rowsAnnex({ rows, labels }: DocumentModel): string {
  if (rows.length === 0) return ''
  return (
    `<section class="annex rows" aria-labelledby="a-rows"><h2 id="a-rows">${escapeHtml(labels.annexRows)}</h2>` +
    `<p class="printed">${escapeHtml(labels.rowsNotPrinted)}</p>${rows.map((annex, index) => tableOf(annex, index, labels.allRows)).join('')}</section>`
  )
}

function tableOf({ title, columns, rows, sets }: RowsAnnex, annex: number, allRows: string): string {
  const lines = rows.map(({ id, cells }) => {
    const [first = '', ...rest] = cells
    const classes = sets.flatMap((set, index) => (set.ids.has(id) && set.ids.size < rows.length ? `c${annex}-${index}` : []))
    const data = rest.map((cell, index) => `<td data-label="${escapeHtml(columns[index + 1] ?? '')}">${escapeHtml(cell)}</td>`)
    return `<tr${classes.length > 0 ? ` class="${classes.join(' ')}"` : ''}><th scope="row">${escapeHtml(first)}</th>${data.join('')}</tr>`
  })
  const heads = columns.map((column) => `<th scope="col">${escapeHtml(column)}</th>`).join('')
  const places = sets.map(
    (set, index) =>
      `<p class="set" id="${idOf(annex, index)}">${escapeHtml(set.label)}${set.ids.size < rows.length ? ` <a href="#rows-${annex}">${escapeHtml(allRows)}</a>` : ''}</p>`,
  )
  return (
    `<div class="rs" id="rows-${annex}"><h3>${escapeHtml(title)}</h3>${places.join('')}` +
    `<div class="frame"><table class="many"><caption class="away">${escapeHtml(title)}</caption><thead><tr>${heads}</tr></thead><tbody>${lines.join('')}</tbody></table></div></div>`
  )
}

/** One rule for each number that counts a part of the rows. */
export function rowsStyle({ rows }: DocumentModel): string {
  return rows
    .flatMap(({ sets, rows: all }, annex) =>
      sets.flatMap((set, index) =>
        set.ids.size < all.length ? `#${idOf(annex, index)}:target~.frame tbody tr:not(.c${annex}-${index}){display:none}` : [],
      ),
    )
    .join('\n')
}
