/**
 * The document as HTML, without its frame: numbered paragraphs, notes, figures, tables and the annexes that the renderer asks for.
 * The page and the self-contained file are both made here, so that they cannot differ; only the links do.
 */
import type { Verdict } from '../../kernel/verdict.ts'
import type { Block, Cell, DocumentFigure, DocumentModel, DocumentTable, NumberEntry, Run, Target } from '../document-model.ts'
import { barsSvg } from './bars-svg.ts'
import { attribute, escapeHtml } from './escape-html.ts'
import { rowSetId, rowsAnnex } from './rows-html.ts'

export interface BodyOptions {
  /** Where a target leads; undefined prints the words alone. */
  hrefOf(target: Target): string | undefined
  /** `all` for a file that must explain its numbers itself; `derived` where the other numbers have pages of their own. */
  readonly cards: 'all' | 'derived'
  readonly withSources: boolean
}

const SIGNS: Readonly<Record<Verdict, string>> = {
  reproduced: '✓',
  reproduced_when_rounded: '≈',
  not_reproducible: '≠',
  nothing_to_compare: '–',
}

export function renderBody(model: DocumentModel, options: BodyOptions): string {
  return bodyParts(model, options).join('\n')
}

function bodyParts(model: DocumentModel, options: BodyOptions): string[] {
  const { labels, sections } = model
  const render = new BodyRenderer(model, options)
  const contents = sections.map(
    ({ id, number, heading }) => `<li><span class="sn">${number}.</span><a href="#s-${id}">${escapeHtml(heading)}</a></li>`,
  )
  return [
    `<p class="legend">${escapeHtml(labels.legend)}</p>`,
    `<nav class="toc" aria-label="${escapeHtml(labels.contents)}"><ol>${contents.join('')}</ol></nav>`,
    ...sections.map(
      ({ id, number, heading, blocks }) =>
        `<section id="s-${id}"><h2><span class="sn">${number}.</span> ${escapeHtml(heading)}</h2>${blocks.map(render.block).join('\n')}</section>`,
    ),
    render.footnotes(),
    render.cards(),
    options.withSources ? render.sources() : '',
    rowsAnnex(model),
  ].filter((part) => part !== '')
}

class BodyRenderer {
  private readonly model: DocumentModel
  private readonly options: BodyOptions
  /** Marks printed so far, by note: each has an address, so that the note leads back. */
  private readonly marks = new Map<number, number>()

  constructor(model: DocumentModel, options: BodyOptions) {
    this.model = model
    this.options = options
  }

  readonly block = (block: Block): string => {
    switch (block.kind) {
      case 'heading':
        return `<h3 id="h-${block.id}">${escapeHtml(block.text)}</h3>`
      case 'paragraph':
        return `<p class="para" id="p${block.number}"><a class="pn" href="#p${block.number}">${block.number}.</a> ${this.runs(block.runs)}</p>`
      case 'table':
        return this.table(block.table)
      case 'figure':
        return this.figure(block.figure)
    }
  }

  runs(runs: readonly Run[]): string {
    return runs.map((run) => this.run(run)).join('')
  }

  private run(run: Run): string {
    const words = escapeHtml(run.text)
    switch (run.kind) {
      case 'text':
        return words
      case 'number': {
        const { target, definition, origin } = run.number
        const href = this.options.hrefOf(target)
        return href === undefined
          ? words
          : `<a class="n n-${origin}"${attribute('href', href)}${attribute('title', definition)}>${words}</a>`
      }
      case 'citation': {
        const href = this.options.hrefOf(run.target)
        const shown = run.target.to === 'document' ? `<bdi>${words}</bdi>` : words
        return href === undefined ? shown : `<a${attribute('href', href)}>${shown}</a>`
      }
      case 'footnote': {
        const mark = (this.marks.get(run.number) ?? 0) + 1
        this.marks.set(run.number, mark)
        return `<sup><a id="fr${run.number}-${mark}" href="#fn${run.number}" aria-label="${escapeHtml(`${this.model.labels.footnotes} ${run.text}`)}">${words}</a></sup>`
      }
      case 'quoted':
        return `<span class="q"${attribute('title', run.source)}>${words}</span>`
      case 'date':
        return `<time datetime="${run.iso}">${words}</time>`
    }
  }

  table({ id, title, columns, rows }: DocumentTable, captioned = true): string {
    const numeric = columns.map((column) => (column.numeric ? ' class="num"' : ''))
    const classOf = (index: number, cell: Cell) =>
      columns[index]?.numeric ? ` class="num${wordsIn(cell).length <= LONGEST_UNBROKEN ? ' nw' : ''}"` : ''
    const cards = columns.length > 4
    const head = columns.map(({ label }, index) => `<th scope="col"${numeric[index]}>${escapeHtml(label)}</th>`).join('')
    const body = rows.map((row) => {
      const cells = row.map((cell, index) => {
        const name = index === 0 ? 'th scope="row"' : 'td'
        const label = cards ? attribute('data-label', columns[index]?.label) : ''
        return `<${name}${classOf(index, cell)}${label}>${this.cell(cell)}</${name.slice(0, 2)}>`
      })
      return `<tr>${cells.join('')}</tr>`
    })
    const caption = captioned ? `<caption>${escapeHtml(title)}</caption>` : `<caption class="away">${escapeHtml(title)}</caption>`
    return `<div class="frame" id="${id}"><table class="${cards ? 'many' : 'few'}">${caption}<thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table></div>`
  }

  private cell(cell: Cell): string {
    return 'verdict' in cell ? this.verdict(cell.verdict) : this.runs(cell.runs)
  }

  private verdict(verdict: Verdict): string {
    return `<span class="v v-${verdict}"><span class="vs" aria-hidden="true">${SIGNS[verdict]}</span> ${escapeHtml(this.model.labels.verdicts[verdict])}</span>`
  }

  figure(figure: DocumentFigure): string {
    const notes = figure.notes.map((note) => `<p class="note">${escapeHtml(note)}</p>`).join('')
    return (
      `<figure class="chart" id="${figure.id}"><figcaption>${escapeHtml(figure.title)}</figcaption>` +
      `${barsSvg(figure, this.model.dir)}${notes}` +
      `<details><summary>${escapeHtml(this.model.labels.values)}</summary>${this.table(figure.table, false)}</details></figure>`
    )
  }

  footnotes(): string {
    const { footnotes, labels } = this.model
    if (footnotes.length === 0) return ''
    const notes = footnotes.map(({ number, runs }) => {
      const back = `<a class="back" href="#fr${number}-1" aria-label="${escapeHtml(labels.back)}">↩</a>`
      return `<li id="fn${number}">${this.runs(runs)} ${back}</li>`
    })
    return `<section class="notes" aria-labelledby="notes"><h2 id="notes">${escapeHtml(labels.footnotes)}</h2><ol>${notes.join('')}</ol></section>`
  }

  cards(): string {
    const { cards, labels } = this.model
    const of = (to: Target['to']) => cards.filter(({ target }) => target.to === to)
    const derived = of('derived').map((card) => this.card(card))
    if (this.options.cards === 'derived') {
      return derived.length === 0 ? '' : section('derived', labels.annexDerived, derived.join(''))
    }
    return section(
      'numbers',
      labels.annexNumbers,
      [
        ...of('figure').map((card) => this.card(card)),
        `<h2>${escapeHtml(labels.annexReported)}</h2>`,
        ...of('value').map((card) => this.card(card)),
        `<h2>${escapeHtml(labels.annexDerived)}</h2>`,
        ...derived,
      ].join(''),
    )
  }

  private card({ target, title, value, facts, verdict, rows }: NumberEntry): string {
    const set = rows ? rowSetId(this.model, rows.portfolio, rows.definitionId) : undefined
    return (
      `<article class="nc" id="${anchorOf(target)}"><h3>${escapeHtml(title)}</h3><p class="nv"><bdi>${escapeHtml(value)}</bdi></p>` +
      `${verdict ? `<p>${this.verdict(verdict)}</p>` : ''}` +
      `<dl>${facts.map(({ label, runs }) => `<div><dt>${escapeHtml(label)}</dt><dd>${this.runs(runs)}</dd></div>`).join('')}</dl>` +
      `${set !== undefined && rows ? `<p><a class="go" href="#${set}">${escapeHtml(rows.label)}</a></p>` : ''}</article>`
    )
  }

  sources(): string {
    const { sources, labels } = this.model
    const entries = sources.map(({ target, symbol, title, paragraphs }) => {
      const cited = paragraphs.map(
        (one) => `<li id="${anchorOf(one.target)}"><b>${escapeHtml(one.number)}</b> ${escapeHtml(one.topic)}</li>`,
      )
      const name = symbol === '' ? '' : `<bdi class="sym">${escapeHtml(symbol)}</bdi> `
      const list = cited.length === 0 ? '' : `<ul>${cited.join('')}</ul>`
      return `<li id="${anchorOf(target)}">${name}${escapeHtml(title)}${list}</li>`
    })
    return section('sources', labels.annexSources, `<ul class="src">${entries.join('')}</ul>`)
  }
}

/** Characters of a number that stays on one line: "145 of 469". */
const LONGEST_UNBROKEN = 14

function wordsIn(cell: Cell): string {
  return 'verdict' in cell ? '' : cell.runs.map(({ text }) => text).join('')
}

function section(id: string, heading: string, content: string): string {
  return `<section class="annex" aria-labelledby="a-${id}"><h2 id="a-${id}">${escapeHtml(heading)}</h2>${content}</section>`
}

/** The address of a target within the document itself. */
export function anchorOf(target: Target): string {
  switch (target.to) {
    case 'figure':
      return `f-${target.portfolio}-${target.definitionId}`
    case 'value':
      return `v-${target.reference.replaceAll('@', '-')}`
    case 'derived':
      return `d-${target.key}`
    case 'document':
      return `doc-${target.symbol.replace(/[^A-Za-z0-9.-]+/g, '-')}`
    case 'paragraph':
      return `${anchorOf({ to: 'document', symbol: target.symbol })}-${target.number.replace(/[^A-Za-z0-9]+/g, '-')}`
  }
}
