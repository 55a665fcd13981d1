/**
 * What every chart has around its drawing: a title that says the finding, a subtitle with unit and base, a sentence for
 * those who do not see it, the definition or source, and the same values as a table.
 *
 * Two drawings, one for a text column and one for a telephone; the style sheet shows the one that fits.
 */
import type { ComponentChildren } from 'preact'
import { FootnotesProvider } from '../components/footnotes.tsx'
import { useTranslator } from '../components/translator-context.ts'
import { type Canvas, canvasFor, NARROW, WIDE } from './canvas.ts'

export interface ChartProps {
  /** Unique on the page. */
  readonly id: string
  /** The finding, as a sentence. */
  readonly title: string
  /** Unit and base: "Share of 469 projects, 2014". */
  readonly subtitle: string
  /** The finding for those who do not see the drawing, with its main values. */
  readonly alt: string
  /** Definition, reading and source. */
  readonly note?: ComponentChildren
}

export interface Drawing {
  readonly height: number
  readonly content: ComponentChildren
}

export interface ChartFrameProps extends ChartProps {
  /** Draws on the canvas; `scope` makes ids inside the drawing unique. */
  readonly draw: (canvas: Canvas, scope: string) => Drawing
  readonly table: ComponentChildren
  readonly warning?: string | undefined
}

export function ChartFrame({ id, title, subtitle, alt, note, draw, table, warning }: ChartFrameProps) {
  const t = useTranslator()
  const variant = (width: number, name: 'wide' | 'narrow') => {
    const { height, content } = draw(canvasFor(width, t.dir), `${id}-${name}`)
    return (
      // biome-ignore lint/a11y/noSvgWithoutTitle: named by the figure's own title and sentence, which both drawings share
      <svg
        xmlns="http://www.w3.org/2000/svg"
        class={`chart-${name}`}
        viewBox={`0 0 ${width} ${Math.ceil(height)}`}
        role="img"
        aria-labelledby={`${id}-title ${id}-alt`}
      >
        {content}
      </svg>
    )
  }
  return (
    <figure class="chart" id={id} aria-labelledby={`${id}-title`}>
      <figcaption>
        <p class="chart-title" id={`${id}-title`}>
          {title}
        </p>
        <p class="chart-subtitle">{subtitle}</p>
      </figcaption>
      <p id={`${id}-alt`} hidden>
        {alt}
      </p>
      {variant(WIDE, 'wide')}
      {variant(NARROW, 'narrow')}
      {warning !== undefined && <p class="chart-warning">{warning}</p>}
      {note && <p class="chart-note">{note}</p>}
      <details>
        <summary>{t('components.chart.table')}</summary>
        {/* Not printed, so its numbers take no footnotes. */}
        <FootnotesProvider value={undefined}>{table}</FootnotesProvider>
      </details>
    </figure>
  )
}
