/**
 * A date as precisely as it is known: year, year and month, or the day. Sent as `<name>-year`, `-month`, `-day`;
 * `partialDateFrom` joins them again.
 */
import { useTranslator } from '../translator-context.ts'
import { FieldGroup, type FieldProps, fieldId } from './field-parts.tsx'

export interface DateFieldProps extends FieldProps {
  /** 'YYYY', 'YYYY-MM', 'YYYY-MM-DD', or what was typed (parts joined by '-'). */
  readonly value?: string | undefined
}

export function DateField({ value = '', ...field }: DateFieldProps) {
  const t = useTranslator()
  const [year = '', month = '', day = ''] = value.split('-')
  const monthName = new Intl.DateTimeFormat(t.locale, { month: 'long', timeZone: 'UTC', calendar: 'gregory' })
  const invalid = field.error === undefined ? undefined : 'true'
  const id = fieldId(field.name)
  return (
    <FieldGroup {...field} hint={field.hint ?? t('components.date.hint')}>
      <div class="date-parts">
        <div>
          <label for={id}>{t('components.date.year')}</label>
          <input
            id={id}
            class="input"
            name={`${field.name}-year`}
            value={year}
            inputMode="numeric"
            maxLength={4}
            size={4}
            aria-invalid={invalid}
          />
        </div>
        <div>
          <label for={`${id}-month`}>{t('components.date.month')}</label>
          <select id={`${id}-month`} class="input" name={`${field.name}-month`} aria-invalid={invalid}>
            <option value="">{t('components.not-stated')}</option>
            {Array.from({ length: 12 }, (_, index) => {
              const code = String(index + 1).padStart(2, '0')
              return (
                <option key={code} value={code} selected={code === month.padStart(2, '0')}>
                  {monthName.format(new Date(Date.UTC(2000, index, 1)))}
                </option>
              )
            })}
          </select>
        </div>
        <div>
          <label for={`${id}-day`}>{t('components.date.day')}</label>
          <input
            id={`${id}-day`}
            class="input"
            name={`${field.name}-day`}
            value={day}
            inputMode="numeric"
            maxLength={2}
            size={2}
            aria-invalid={invalid}
          />
        </div>
      </div>
    </FieldGroup>
  )
}

/**
 * Joins the three parts of a sent form into a partial date ('2014-3-5' becomes '2014-03-05'); undefined when all are empty.
 * It does not judge: '2014--5' or 'abc' come back as typed, so that the rule can say what it found.
 */
export function partialDateFrom(sent: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const part = (suffix: string) => {
    const value = sent[`${name}-${suffix}`]
    return typeof value === 'string' ? value.trim() : ''
  }
  const parts = [part('year'), part('month'), part('day')].map((text, index) =>
    index > 0 && /^\d$/.test(text) ? text.padStart(2, '0') : text,
  )
  return parts.join('-').replace(/-+$/, '') || undefined
}
