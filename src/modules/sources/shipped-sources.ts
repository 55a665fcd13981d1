/** The documents and reported numbers that the product ships, read from `sample-data/` and checked like any other input. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { OFFICIAL_LANGUAGES } from '../../kernel/languages.ts'
import type { LocalizedText } from '../../kernel/localized-text.ts'
import { PACKAGE_ROOT } from '../../kernel/package-root.ts'
import { DOCUMENT_KINDS, type DocumentFacts } from './documents/document.ts'
import { QUALIFIERS, REPORTED_UNITS, type ReportedValueFacts, readNumber } from './reported-values/reported-value.ts'

const Texts = z.record(z.enum(OFFICIAL_LANGUAGES), z.string().min(1))

const DocumentsFile = z.object({
  documents: z.array(
    z.object({
      symbol: z.string(),
      /** Empty when the document bears no symbol; absent when it bears `symbol`. */
      printedSymbol: z.string().optional(),
      kind: z.enum(DOCUMENT_KINDS),
      body: z.string(),
      date: z.string(),
      title: Texts,
      citedIn: z.array(z.string()).default([]),
      note: z.string().optional(),
    }),
  ),
  report: z.object({
    symbol: z.string(),
    footnotes: z.array(z.object({ number: z.string(), para: z.string(), sources: z.array(z.string()) })),
    paragraphs: z.array(z.object({ number: z.string(), topic: Texts })),
  }),
})

const ReportedValuesFile = z.array(
  z.object({
    key: z.string(),
    period: z.string().optional(),
    label: Texts,
    value: z.string().optional(),
    low: z.string().optional(),
    high: z.string().optional(),
    unit: z.enum(REPORTED_UNITS),
    digits: z.number(),
    qualifier: z.enum(QUALIFIERS),
    source: z.object({ doc: z.string(), para: z.string(), footnote: z.string().optional() }),
    note: Texts.optional(),
  }),
)

export function listShippedDocuments(): DocumentFacts[] {
  const { documents, report } = DocumentsFile.parse(readSample('documents.json'))
  return documents.map((document) => ({
    symbol: document.symbol,
    printedSymbol: document.printedSymbol === undefined ? document.symbol : document.printedSymbol || null,
    kind: document.kind,
    titles: shippedText(document.title),
    body: document.body,
    date: document.date,
    languages: [],
    url: null,
    note: document.note === undefined ? null : { orig: 'en', texts: { en: document.note } },
    citedIn: document.citedIn,
    footnotes: document.symbol === report.symbol ? report.footnotes : [],
    paragraphs:
      document.symbol === report.symbol
        ? report.paragraphs.map(({ number, topic }) => ({ number, topic: shippedText(topic) }))
        : [],
    visibility: 'public',
  }))
}

export function listShippedReportedValues(): ReportedValueFacts[] {
  return ReportedValuesFile.parse(readSample('reported-values.json')).map((row) => ({
    key: row.key,
    period: row.period ?? null,
    document: row.source.doc,
    para: row.source.para,
    footnote: row.source.footnote ?? null,
    page: null,
    label: shippedText(row.label),
    ...readNumber(row),
    unit: row.unit,
    qualifier: row.qualifier,
    note: row.note === undefined ? null : shippedText(row.note),
    visibility: 'public',
  }))
}

/** Shipped texts in languages other than English count as unreviewed until a named person accepts them (ruling 19). */
function shippedText(texts: Readonly<Record<string, string>>): LocalizedText {
  const state = Object.fromEntries(
    Object.keys(texts).map((lang) => [lang, lang === 'en' ? ('original' as const) : ('machine' as const)]),
  )
  return { orig: 'en', texts, state }
}

function readSample(file: string): unknown {
  return JSON.parse(readFileSync(join(PACKAGE_ROOT, 'sample-data', file), 'utf8'))
}
