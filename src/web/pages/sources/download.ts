/** The cited documents, and the numbers that are quoted from them, as files. */
import { textFor } from '../../../kernel/localized-text.ts'
import { listDocuments, listReportedValues } from '../../../modules/sources/index.ts'
import { everyRow, type ListFile } from '../../list-files.ts'
import type { PageRequest } from '../../site.tsx'
import { titleText } from './source-words.ts'

export async function documentsFile({ t, context, actor, query }: PageRequest): Promise<ListFile> {
  const search = query.get('q')?.trim() ?? ''
  return {
    name: 'documents',
    title: t('reporting.sources.title'),
    columns: [
      { key: 'document', header: t('reporting.sources.column.document') },
      { key: 'title', header: t('reporting.sources.column.title') },
      { key: 'date', header: t('reporting.sources.column.date') },
      { key: 'values', header: t('reporting.sources.column.values'), form: 'integer' },
    ],
    rows: await everyRow(
      (cursor) =>
        context.operations.run(
          listDocuments,
          { ...(search === '' ? {} : { search }), ...(cursor === undefined ? {} : { cursor }) },
          actor,
        ),
      ({ symbol, printedSymbol, titles, date, reportedValues }) => ({
        document: printedSymbol || symbol,
        title: titleText(t, titles, symbol),
        date,
        values: reportedValues,
      }),
    ),
  }
}

const READ_AT_ONCE = 500

/** `?document=` leaves those of one document. */
export async function reportedValuesFile({ t, context, actor, query }: PageRequest): Promise<ListFile> {
  const document = query.get('document') ?? undefined
  return {
    name: 'reported-values',
    title: t('reporting.sources.column.values'),
    columns: [
      { key: 'reference', header: t('data.value.reference') },
      { key: 'document', header: t('reporting.sources.column.document') },
      { key: 'paragraph', header: t('reporting.sources.column.paragraph') },
      { key: 'label', header: t('data.value.label') },
      { key: 'period', header: t('registry.fact.when') },
      { key: 'value', header: t('reporting.figures.column.value'), form: 'decimal' },
      { key: 'low', header: t('data.value.low'), form: 'decimal' },
      { key: 'high', header: t('data.value.high'), form: 'decimal' },
      { key: 'unit', header: t('data.value.unit') },
      { key: 'qualifier', header: t('data.value.qualifier') },
    ],
    rows: await everyRow(
      async (cursor) => {
        const offset = Number(cursor ?? 0)
        const page = await context.operations.run(
          listReportedValues,
          { ...(document === undefined ? {} : { document }), offset, limit: READ_AT_ONCE },
          actor,
        )
        const end = offset + page.rows.length
        return { rows: page.rows, next: end < page.total && page.rows.length > 0 ? String(end) : null }
      },
      (value) => ({
        reference: value.reference,
        document: value.printedSymbol ?? value.document,
        paragraph: value.para,
        label: textFor(value.label, t.lang)?.text ?? value.key,
        period: value.period,
        value: value.value,
        low: value.low,
        high: value.high,
        unit: value.unit,
        qualifier: value.qualifier,
      }),
    ),
  }
}
