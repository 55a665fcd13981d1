/** Modalities of cooperation, their flow group and units, and proposed counterparts in other standards (domain 8.2). */
import { rowsOf } from './data-table.ts'
import { type Names, namesOf } from './names.ts'

export interface Modality {
  readonly code: string
  /** A money, B in kind and can be valued, C counted or described only. */
  readonly flowGroup: 'A' | 'B' | 'C'
  readonly names: Names
  /** Units in which a quantity is given, the usual one first; empty for money. */
  readonly units: readonly string[]
  readonly tossdCodes: readonly string[]
  readonly iatiAidTypes: readonly string[]
  readonly iatiFinanceTypes: readonly string[]
  /** Part of SDG indicator 17.3.1: `a` grants, `b` concessional, `c` other loans; undefined when it does not count there. */
  readonly sdgIndicator1731: string | undefined
}

let modalities: ReadonlyMap<string, Modality> | undefined

export function listModalities(): readonly Modality[] {
  return [...modalitiesByCode().values()]
}

export function findModality(code: string): Modality | undefined {
  return modalitiesByCode().get(code)
}

/** Undefined for an unknown modality. What a single contribution counts as is for its module to decide (ruling 16). */
export function flowGroupOfModality(code: string): Modality['flowGroup'] | undefined {
  return findModality(code)?.flowGroup
}

function modalitiesByCode(): ReadonlyMap<string, Modality> {
  modalities ??= new Map(
    rowsOf('modalities', ['code', 'flow_group', 'units', 'tossd', 'iati_aid_type', 'iati_finance_type', 'sdg_17_3_1']).map(
      (row) => [
        row.code,
        {
          code: row.code,
          flowGroup: row.flow_group as Modality['flowGroup'],
          names: namesOf(row),
          units: words(row.units),
          tossdCodes: words(row.tossd),
          iatiAidTypes: words(row.iati_aid_type),
          iatiFinanceTypes: words(row.iati_finance_type),
          sdgIndicator1731: row.sdg_17_3_1 || undefined,
        },
      ],
    ),
  )
  return modalities
}

function words(cell: string): readonly string[] {
  return cell.split(' ').filter((word) => word !== '')
}
