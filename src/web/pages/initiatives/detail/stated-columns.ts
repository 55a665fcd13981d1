/** Of the columns of a long table those in which some row states something: an empty one only makes the page longer. */
import type { Column } from '../../../components/index.ts'

export function statedColumns<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): Column<Row>[] {
  return columns.filter(
    ({ cell }, index) =>
      index === 0 || rows.some((row) => !['', undefined, null, false].includes(cell(row) as string | undefined)),
  )
}
