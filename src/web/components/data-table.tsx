/**
 * A real table: caption, scopes, numbers aligned. With more than four columns it becomes labelled cards on narrow screens,
 * or, when `wide`, keeps its form and scrolls inside its own frame. A cell that says nothing shows "not stated".
 */
import type { AriaRole, ComponentChildren } from 'preact'
import { EmptyState } from './empty-state.tsx'
import { isNotStated, NotStated } from './not-stated.tsx'
import { useTranslator } from './translator-context.ts'

export interface Column<Row> {
  readonly key: string
  readonly label: string
  readonly kind?: 'text' | 'number' | undefined
  /** The cell; undefined, null and '' are shown as "not stated". */
  readonly cell: (row: Row) => ComponentChildren
  /** The same list sorted by this column (the other way round when it already is). */
  readonly sortHref?: string | undefined
  readonly sorted?: 'ascending' | 'descending' | undefined
  /** The column that names the row; the first one when no column says so. */
  readonly rowHeader?: boolean | undefined
}

export interface DataTableProps<Row> {
  readonly caption: string
  /** Keeps the caption for those who hear the page, when a heading already says it. */
  readonly captionHidden?: boolean | undefined
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string
  /** Totals under the table, one cell a column. */
  readonly foot?: readonly ComponentChildren[] | undefined
  readonly empty?: ComponentChildren
  /** For tables that only make sense as a grid: scrolls in its own frame. */
  readonly wide?: boolean | undefined
  /** Cards on narrow screens also with few columns: for long texts that are read against each other. */
  readonly cards?: boolean | undefined
}

/** Design section 3: up to four columns fit a telephone. */
const MOST_COLUMNS_ON_NARROW = 4

export function DataTable<Row>({
  caption,
  captionHidden,
  columns,
  rows,
  rowKey,
  foot,
  empty,
  wide = false,
  cards: always = false,
}: DataTableProps<Row>) {
  const t = useTranslator()
  if (rows.length === 0) return <>{empty ?? <EmptyState title={t('components.table.empty')} />}</>
  const cards = !wide && (always || columns.length > MOST_COLUMNS_ON_NARROW)
  const header = columns.find((column) => column.rowHeader) ?? columns[0]
  // Cards are drawn with other display values, which would take the table's meaning away: the roles keep it.
  const role = (name: AriaRole) => (cards ? name : undefined)
  const inCell = (content: ComponentChildren) => (cards ? <div>{content}</div> : content)
  const table = (
    <table class={cards ? 'table table-cards' : wide ? 'table table-wide' : 'table'} role={role('table')}>
      <caption class={captionHidden ? 'visually-hidden' : undefined}>{caption}</caption>
      <thead role={role('rowgroup')}>
        <tr role={role('row')}>
          {columns.map((column) => (
            <HeadCell key={column.key} column={column} role={role('columnheader')} />
          ))}
        </tr>
      </thead>
      <tbody role={role('rowgroup')}>
        {rows.map((row) => (
          <tr key={rowKey(row)} role={role('row')}>
            {columns.map((column) => {
              const value = column.cell(row)
              const shown = isNotStated(value) ? <NotStated /> : value
              const numeric = column.kind === 'number' ? 'numeric' : undefined
              return column === header ? (
                <th key={column.key} scope="row" class={numeric} role={role('rowheader')} data-label={column.label}>
                  {inCell(shown)}
                </th>
              ) : (
                <td key={column.key} class={numeric} role={role('cell')} data-label={column.label}>
                  {inCell(shown)}
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
      {foot && (
        <tfoot role={role('rowgroup')}>
          <tr role={role('row')}>
            {columns.map((column, index) => {
              const numeric = column.kind === 'number' ? 'numeric' : undefined
              return index === 0 ? (
                <th key={column.key} scope="row" class={numeric} role={role('rowheader')} data-label={column.label}>
                  {inCell(foot[index])}
                </th>
              ) : (
                <td key={column.key} class={numeric} role={role('cell')} data-label={column.label}>
                  {inCell(foot[index])}
                </td>
              )
            })}
          </tr>
        </tfoot>
      )}
    </table>
  )
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a frame that scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section class="table-frame" aria-label={caption} tabIndex={0}>
      {table}
    </section>
  )
}

function HeadCell<Row>({ column, role }: { readonly column: Column<Row>; readonly role: AriaRole | undefined }) {
  const t = useTranslator()
  const sign = column.sorted === 'ascending' ? '↑' : column.sorted === 'descending' ? '↓' : '↕'
  return (
    <th scope="col" role={role} class={column.kind === 'number' ? 'numeric' : undefined} aria-sort={column.sorted}>
      {column.sortHref === undefined ? (
        column.label
      ) : (
        <a class="sort" href={column.sortHref} title={t('components.table.sort', { column: column.label })}>
          {column.label}
          <span class="sort-sign" aria-hidden="true">
            {sign}
          </span>
        </a>
      )}
    </th>
  )
}
