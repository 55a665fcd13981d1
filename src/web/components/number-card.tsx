/** Behind a number: what is counted over what, how it was read, when, from which rows, and how it stands to the printed value. */

import type { LocalizedText } from '../../kernel/localized-text.ts'
import { CiteBox } from './cite-box.tsx'
import { LocalizedTextView } from './localized-text-view.tsx'
import { NotStated } from './not-stated.tsx'
import { type SummaryFact, SummaryList } from './summary-list.tsx'
import { useTranslator } from './translator-context.ts'
import { Verdict, type VerdictCode } from './verdict.tsx'

export interface CountedPart {
  readonly value: number
  /** What is counted: "regional projects", "projects with a known scale". */
  readonly label: string
}

export interface ReportedFigure {
  /** As printed, quoted and never recomputed: "31 per cent". */
  readonly value: string
  /** Document and paragraph: "SSC/…, ¶32". */
  readonly source: string
  readonly href?: string | undefined
  readonly quote?: LocalizedText | undefined
  /** Computed less reported, already formatted with its unit: "−0.1 pp". */
  readonly difference?: string | undefined
}

export interface NumberCardProps {
  readonly title: string
  /** Already formatted, rounded once; left out when the rows give no value. */
  readonly value?: string | undefined
  readonly numerator?: CountedPart | undefined
  readonly denominator?: CountedPart | undefined
  readonly definition: { readonly id: string; readonly text: string; readonly href?: string | undefined }
  readonly reading?: string | undefined
  /** Year or date that the rows describe. */
  readonly when?: string | undefined
  readonly rows: number
  readonly rowsHref?: string | undefined
  /** Of the rows, how many the rule of domain 7.4 confirms. */
  readonly confirmed?: number | undefined
  /** Rows that do not state what is counted. */
  readonly notStated?: number | undefined
  readonly reported?: ReportedFigure | undefined
  readonly verdict: VerdictCode
  readonly comparable?: 'yes' | 'no' | 'partly' | undefined
  readonly cite?: { readonly citation: string; readonly permalink: string } | undefined
}

export function NumberCard(card: NumberCardProps) {
  const t = useTranslator()
  return (
    <article class="card" aria-label={card.title}>
      <p class="card-title">{card.title}</p>
      <p class="card-value">{card.value === undefined ? <NotStated /> : <bdi>{card.value}</bdi>}</p>
      {card.numerator && card.denominator && <Fraction numerator={card.numerator} denominator={card.denominator} />}
      <p class="card-verdict">
        <Verdict verdict={card.verdict} explained />
      </p>
      <SummaryList facts={factsOf(card, t)} />
      {card.rowsHref !== undefined && (
        <p class="button-row">
          <a class="button button-primary" href={card.rowsHref}>
            {t('components.number-card.see-rows', { count: card.rows, shown: t.number(card.rows) })}
          </a>
        </p>
      )}
      {card.cite && <CiteBox {...card.cite} />}
    </article>
  )
}

/** One count over the other, set as people write fractions by hand, and read out as "145 ... of 469 ...". */
function Fraction({ numerator, denominator }: { readonly numerator: CountedPart; readonly denominator: CountedPart }) {
  const t = useTranslator()
  return (
    <p class="fraction">
      <span>
        <data value={numerator.value}>{t.number(numerator.value)}</data> {numerator.label}
      </span>
      <span class="visually-hidden"> {t('components.number-card.over')} </span>
      <span>
        <data value={denominator.value}>{t.number(denominator.value)}</data> {denominator.label}
      </span>
    </p>
  )
}

function factsOf(card: NumberCardProps, t: ReturnType<typeof useTranslator>): SummaryFact[] {
  const { definition, reported } = card
  const facts: SummaryFact[] = [
    {
      label: t('components.number-card.definition'),
      value: (
        <>
          {definition.text}{' '}
          <code class="card-code" dir="ltr">
            {definition.href === undefined ? definition.id : <a href={definition.href}>{definition.id}</a>}
          </code>
        </>
      ),
    },
    { label: t('components.number-card.reading'), value: card.reading },
    { label: t('components.number-card.when'), value: card.when === undefined ? undefined : t.date(card.when) },
    {
      label: t('components.number-card.rows'),
      value: (
        <>
          {t.number(card.rows)}
          {card.notStated !== undefined && card.notStated > 0 && (
            <>
              {' · '}
              <NotStated count={card.notStated} />
            </>
          )}
        </>
      ),
    },
  ]
  if (card.confirmed !== undefined) {
    facts.push({
      label: t('components.number-card.confirmed'),
      value: t('components.number-card.confirmed-of', { confirmed: t.number(card.confirmed), rows: t.number(card.rows) }),
    })
  }
  if (reported) {
    facts.push({
      label: t('components.number-card.reported'),
      value: (
        <>
          <bdi>{reported.value}</bdi>{' '}
          <span class="muted">({reported.href ? <a href={reported.href}>{reported.source}</a> : reported.source})</span>
          {reported.quote && (
            <blockquote>
              <LocalizedTextView value={reported.quote} />
            </blockquote>
          )}
        </>
      ),
    })
    facts.push({ label: t('components.number-card.difference'), value: reported.difference && <bdi>{reported.difference}</bdi> })
  }
  if (card.comparable !== undefined) {
    facts.push({ label: t('components.number-card.comparable'), value: t(`components.comparable.${card.comparable}`) })
  }
  return facts
}
