/**
 * Rows that can be added and taken away without script: the buttons send the whole form, the page comes back with a row
 * more or less and everything that was typed.
 */
import type { ComponentChildren } from 'preact'
import { useTranslator } from '../translator-context.ts'
import { HintAndError } from './field-parts.tsx'

export interface RepeatingRowsProps {
  /** Name of the list; the fields of row 2 are called `<name>.2.<field>` (`rowFieldName`). */
  readonly name: string
  readonly legend: string
  readonly hint?: string | undefined
  readonly error?: string | undefined
  /** The fields of each row. */
  readonly rows: readonly ComponentChildren[]
  /** What one row is: "Partner", shown as "Partner 2". */
  readonly rowLabel: string
  readonly addLabel: string
  /** Rows below this number cannot be taken away. */
  readonly min?: number | undefined
  readonly max?: number | undefined
}

/** The names of the two buttons; their values are the list (`partners`) and the row (`partners.2`). */
export const ADD_ROW = 'add-row'
export const REMOVE_ROW = 'remove-row'

export function rowFieldName(list: string, index: number, field: string): string {
  return `${list}.${index}.${field}`
}

export function RepeatingRows({ name, legend, hint, error, rows, rowLabel, addLabel, min = 0, max }: RepeatingRowsProps) {
  const t = useTranslator()
  return (
    <fieldset class={error === undefined ? 'rows' : 'rows field-wrong'} id={`rows-${name}`}>
      <legend>{legend}</legend>
      <HintAndError name={name} hint={hint} error={error} />
      {rows.map((row, index) => {
        const words = t('components.rows.row', { label: rowLabel, number: t.number(index + 1) })
        return (
          <fieldset class="row" key={index}>
            <legend>{words}</legend>
            {row}
            {rows.length > min && (
              <button
                type="submit"
                class="button button-quiet"
                name={REMOVE_ROW}
                value={`${name}.${index}`}
                aria-label={t('components.rows.remove-row', { row: words })}
              >
                {t('components.rows.remove')}
              </button>
            )}
          </fieldset>
        )
      })}
      {(max === undefined || rows.length < max) && (
        <button type="submit" class="button button-secondary" name={ADD_ROW} value={name}>
          {addLabel}
        </button>
      )}
    </fieldset>
  )
}
