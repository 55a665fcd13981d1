/** Each column of the file with sample values, the field it fills, how sure that is and why. */

import type { Translator } from '../../../../i18n/translator.ts'
import { FIELD_KEYS, type FieldKey, fieldDefinition } from '../../../../interop/tables/index.ts'
import { DataTable, type FormError, FormSection, Tag, TextField } from '../../../components/index.ts'
import type { PageRequest } from '../../../site.tsx'
import { CompactSelect } from './compact-select.tsx'
import { errorOf } from './error-of.ts'
import { type ColumnGroup, headingSignature, type MatchedColumn, type MatchView } from './match-view.ts'

/** From here on a proposal is shown as sure, as likely; below it asks for a look. */
const SURE = 0.85
const LIKELY = 0.65

interface SectionProps {
  readonly request: PageRequest
  readonly view: MatchView
  readonly errors: readonly FormError[]
}

export function ColumnsSection({ request, view, errors }: SectionProps) {
  const { t } = request
  const fields = fieldChoices(t)
  return (
    <FormSection title={t('imports.columns.title')} hint={t('imports.columns.hint')}>
      {view.groups.map((group) => {
        const sheet = view.sheets[group.id]
        const caption =
          view.sheets.length === 1 ? t('imports.columns.title') : t('imports.columns.of-sheets', { sheets: t.list(group.sheets) })
        return (
          <div key={group.id}>
            {sheet && <input type="hidden" name={`seen.${group.id}`} value={headingSignature(sheet.recognition)} />}
            <DataTable
              caption={caption}
              captionHidden={view.sheets.length === 1}
              columns={[
                {
                  key: 'header',
                  label: t('imports.columns.header'),
                  rowHeader: true,
                  cell: (column) => <bdi>{column.mapping.header}</bdi>,
                },
                { key: 'examples', label: t('imports.columns.examples'), cell: (column) => <Examples column={column} t={t} /> },
                {
                  key: 'field',
                  label: t('imports.columns.field'),
                  cell: (column) => <FieldCell t={t} group={group} column={column} fields={fields} errors={errors} />,
                },
                { key: 'sure', label: t('imports.columns.sure'), cell: (column) => <Sureness t={t} column={column} /> },
                { key: 'why', label: t('imports.columns.why'), cell: (column) => whyText(column, t) },
              ]}
              rows={group.columns}
              rowKey={(column) => String(column.mapping.index)}
            />
          </div>
        )
      })}
    </FormSection>
  )
}

interface FieldChoice {
  readonly value: string
  readonly label: string
}

function fieldChoices(t: Translator): FieldChoice[] {
  const named = FIELD_KEYS.filter((field) => field !== 'kept').map((field) => ({
    value: field,
    label: t(`tables.field.${field}`),
  }))
  return [{ value: 'kept', label: t('tables.field.kept') }, ...named.sort((a, b) => t.compare(a.label, b.label))]
}

function Examples({ column, t }: { readonly column: MatchedColumn; readonly t: Translator }) {
  const { examples } = column.recognised
  if (examples.length === 0) return <span class="muted">{t('imports.columns.empty')}</span>
  return (
    <>
      {examples.map((example) => (
        <div key={example}>
          <bdi>{example}</bdi>
        </div>
      ))}
    </>
  )
}

interface FieldCellProps {
  readonly t: Translator
  readonly group: ColumnGroup
  readonly column: MatchedColumn
  readonly fields: readonly FieldChoice[]
  readonly errors: readonly FormError[]
}

function FieldCell({ t, group, column: { mapping }, fields, errors }: FieldCellProps) {
  const name = (part: string) => `${part}.${group.id}.${mapping.index}`
  const { form } = fieldDefinition(mapping.field)
  const column = mapping.header
  return (
    <>
      <CompactSelect
        name={name('field')}
        label={t('imports.columns.field-of', { column })}
        choices={fields}
        value={mapping.field}
        error={errorOf(errors, name('field'))}
      />
      {form === 'date' && (
        <CompactSelect
          name={name('order')}
          label={t('imports.columns.order-of', { column })}
          value={mapping.dateOrder ?? ''}
          choices={[
            { value: '', label: t('imports.columns.order-found') },
            { value: 'dmy', label: t('imports.columns.order-dmy') },
            { value: 'mdy', label: t('imports.columns.order-mdy') },
          ]}
        />
      )}
      {(form === 'amount' || form === 'count') && (
        <CompactSelect
          name={name('mark')}
          label={t('imports.columns.mark-of', { column })}
          value={mapping.decimalMark ?? ''}
          choices={[
            { value: '', label: t('imports.columns.mark-found') },
            { value: ',', label: t('imports.columns.mark-comma') },
            { value: '.', label: t('imports.columns.mark-dot') },
          ]}
        />
      )}
      {form === 'amount' && (
        <TextField
          name={name('currency')}
          label={t('imports.columns.currency')}
          value={mapping.currency ?? ''}
          error={errorOf(errors, name('currency'))}
          width="short"
          dir="ltr"
          maxLength={3}
        />
      )}
    </>
  )
}

type Reason = 'header' | 'content' | 'saved' | 'none' | 'person'

/** The proposal's reason, unless a person or a saved mapping has put another field in its place. */
function reasonOf({ recognised, mapping }: MatchedColumn): Reason {
  const proposed: FieldKey = recognised.field ?? 'kept'
  return proposed === mapping.field ? recognised.reason : 'person'
}

/** Some proposals have a reason of their own: a running number is kept, not taken as an identifier. */
function whyText(column: MatchedColumn, t: Translator): string {
  const reason = reasonOf(column)
  return reason !== 'person' && column.recognised.reasonKey !== undefined
    ? t(column.recognised.reasonKey)
    : t(`imports.reason.${reason}`)
}

function Sureness({ t, column }: { readonly t: Translator; readonly column: MatchedColumn }) {
  const reason = reasonOf(column)
  const { confidence } = column.recognised
  if (reason === 'person' || reason === 'saved') return <Tag tone="good">{t('imports.sure.set')}</Tag>
  if (reason === 'none') return <Tag>{t('imports.sure.none')}</Tag>
  if (confidence >= SURE) return <Tag tone="good">{t('imports.sure.sure')}</Tag>
  return confidence >= LIKELY ? <Tag>{t('imports.sure.likely')}</Tag> : <Tag tone="note">{t('imports.sure.look')}</Tag>
}
