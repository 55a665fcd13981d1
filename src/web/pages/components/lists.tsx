/** Gallery: a list with its filters, sorting, cards on narrow screens, and nothing found. */
import { areaName, codeName, listCodes } from '../../../codes/index.ts'
import {
  Chips,
  type Column,
  DataTable,
  EmptyState,
  FilterPanel,
  LocalizedTextView,
  Pagination,
  StatePill,
  useTranslator,
  WithSidebar,
} from '../../components/index.ts'
import { INITIATIVES, type SampleInitiative } from './sample-texts.ts'
import { Specimen } from './specimen.tsx'

export function Lists() {
  const t = useTranslator()
  const area = (code: string | undefined) => (code === undefined ? undefined : areaName(code, t.lang))
  const scale = (code: string | undefined) => (code === undefined ? undefined : codeName('scale', code, t.lang))
  const columns: readonly Column<SampleInitiative>[] = [
    { key: 'title', label: t('components.gallery.name'), cell: (row) => <LocalizedTextView value={row.title} /> },
    { key: 'provider', label: t('components.gallery.provider'), cell: (row) => area(row.provider), sortHref: '#lists' },
    { key: 'partner', label: t('components.gallery.partner'), cell: (row) => area(row.partner) },
    { key: 'scale', label: t('components.gallery.scale'), cell: (row) => scale(row.scale) },
    { key: 'start', label: t('components.gallery.start'), cell: (row) => row.start && t.date(row.start) },
    {
      key: 'budget',
      label: t('components.gallery.budget'),
      kind: 'number',
      cell: (row) => row.budget && t.money(String(row.budget), 'USD'),
      sortHref: '#lists',
      sorted: 'descending',
    },
    { key: 'state', label: t('components.provenance.checked-by'), cell: (row) => <StatePill state={row.state} /> },
  ]
  const wide: readonly Column<SampleInitiative>[] = [
    ...columns,
    ...Array.from({ length: 5 }, (_, index) => ({
      key: `raw-${index}`,
      label: `column_${index + 1}`,
      cell: (row: SampleInitiative) => (index % 2 === 0 ? `${row.id}-${index}` : undefined),
    })),
  ]
  return (
    <>
      <WithSidebar
        aside={
          <Specimen name="FilterPanel">
            <FilterPanel
              action="#lists"
              setCount={2}
              clearHref="#lists"
              search={{ name: 'gallery-q', label: t('components.gallery.search') }}
              groups={[
                {
                  name: 'scale',
                  legend: t('components.gallery.scale'),
                  kind: 'many',
                  options: [
                    ...listCodes('scale').map((row, index) => ({
                      value: row.code,
                      label: codeName('scale', row.code, t.lang),
                      count: [285, 145, 34][index] ?? 0,
                      checked: index === 1,
                    })),
                    { value: 'not-stated', label: t('components.not-stated'), count: 5 },
                  ],
                },
                {
                  name: 'partner-type',
                  legend: t('components.gallery.kind'),
                  kind: 'many',
                  options: listCodes('partnerType').map((row, index) => ({
                    value: row.code,
                    label: codeName('partnerType', row.code, t.lang),
                    count: 120 - index * 9,
                  })),
                },
                {
                  name: 'provider',
                  legend: t('components.gallery.country'),
                  kind: 'one',
                  options: ['BRA', 'CHN', 'EGY', 'RUS'].map((code, index) => ({
                    value: code,
                    label: areaName(code, t.lang),
                    count: 40 - index,
                  })),
                },
              ]}
            />
          </Specimen>
        }
      >
        <Specimen name="Chips">
          <Chips
            clearHref="#lists"
            chips={[
              { group: t('components.gallery.scale'), value: codeName('scale', 'regional', t.lang), removeHref: '#chip-1' },
              { group: t('components.gallery.country'), value: areaName('BRA', t.lang), removeHref: '#chip-2' },
            ]}
          />
        </Specimen>
        <Specimen name="DataTable">
          <DataTable caption={t('components.gallery.caption')} columns={columns} rows={INITIATIVES} rowKey={(row) => row.id} />
          <Pagination shown={4} from={21} total={469} notStated={5} previousHref="#page-1" nextHref="#page-3" />
        </Specimen>
        <Specimen name="DataTable" state="≤ 4">
          <DataTable
            caption={t('components.gallery.partners')}
            columns={columns.filter((column) => ['provider', 'partner', 'budget'].includes(column.key))}
            rows={INITIATIVES}
            rowKey={(row) => row.id}
            foot={[t('components.gallery.total'), '', t.money('1672000', 'USD')]}
          />
        </Specimen>
      </WithSidebar>
      <Specimen name="DataTable" state="wide">
        <DataTable
          caption={t('components.gallery.caption-wide')}
          columns={wide}
          rows={INITIATIVES}
          rowKey={(row) => row.id}
          wide
        />
      </Specimen>
      <Specimen name="DataTable, EmptyState" state={t('components.gallery.state-none')}>
        <DataTable
          caption={t('components.gallery.caption')}
          columns={columns}
          rows={[]}
          rowKey={(row) => row.id}
          empty={
            <EmptyState title={t('components.gallery.empty')}>
              <p>{t('components.gallery.empty-next')}</p>
            </EmptyState>
          }
        />
      </Specimen>
    </>
  )
}
