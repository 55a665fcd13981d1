/** The rows behind the numbers, with the names of codes, and for each number which rows it counts. */
import { areaName, codeName } from '../../codes/index.ts'
import type { Translator } from '../../i18n/translator.ts'
import { textFor } from '../../kernel/localized-text.ts'
import type { ListedInitiative } from '../../modules/registry/index.ts'
import type { ReportPortfolio } from '../../modules/reporting/index.ts'
import type { RowSet, RowsAnnex, Target } from '../document-model.ts'
import { definitionOf, figureTitle, nounText } from '../figure-words.ts'
import type { ReportContext } from './report-context.ts'

const COLUMNS = ['id', 'hosts', 'partners', 'types', 'roles', 'scale', 'regions'] as const

export function rowsAnnexes(context: ReportContext): RowsAnnex[] {
  return context.report.portfolios.flatMap((portfolio) => (portfolio.rows ? [annexOf(context, portfolio, portfolio.rows)] : []))
}

function annexOf(context: ReportContext, { collection, behind }: ReportPortfolio, rows: readonly ListedInitiative[]): RowsAnnex {
  const { t } = context
  return {
    portfolio: collection.key,
    title: textFor(collection.names, t.lang)?.text ?? collection.key,
    columns: COLUMNS.map((column) => t(`documents.rows.${column}`)),
    rows: rows.map((row) => ({ id: row.id, cells: cellsOf(t, row) })),
    sets: [...context.used.values()].flatMap((target) => setOf(t, target, collection.key, behind ?? {}, rows.length)),
  }
}

function setOf(
  t: Translator,
  target: Target,
  portfolio: string,
  behind: Readonly<Record<string, readonly string[]>>,
  all: number,
): RowSet[] {
  if (target.to !== 'figure' || target.portfolio !== portfolio) return []
  const ids = behind[target.definitionId]
  if (!ids) return []
  const label = t('documents.rows.shown', {
    title: figureTitle(t, definitionOf(target)),
    shown: t.number(ids.length),
    all: t.number(all),
    noun: nounText(t, 'rows', all),
  })
  return [{ definitionId: target.definitionId, label, ids: new Set(ids) }]
}

function cellsOf(t: Translator, row: ListedInitiative): string[] {
  const names = (list: string, codes: readonly string[]) => codes.map((code) => codeName(list, code, t.lang)).join('; ')
  const areas = (codes: readonly string[]) => codes.map((code) => areaName(code, t.lang)).join('; ')
  return [
    row.identifier ?? String(row.sourceRow ?? ''),
    areas(row.hosts),
    areas(row.partnerCountries),
    names('partnerType', row.partnerTypes),
    names('agencyRole', row.agencyRoles),
    row.scale === null ? '' : codeName('scale', row.scale, t.lang),
    names('region', row.regions),
  ].map((text) => (text === '' ? t('components.not-stated') : text))
}
