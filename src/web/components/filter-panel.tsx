/**
 * Filters of a list as a GET form: a search box, then groups of options with their counts. On narrow screens it folds into
 * a `details`. What is set travels in the address, so that a filtered list can be sent to a colleague.
 */
import { useTranslator } from './translator-context.ts'

export interface FilterOption {
  readonly value: string
  readonly label: string
  readonly count?: number | undefined
  readonly checked?: boolean | undefined
}

export interface FilterGroup {
  readonly name: string
  readonly legend: string
  /** `many`: checkboxes, several at once. `one`: a select, for long lists and exclusive choices. */
  readonly kind: 'many' | 'one'
  readonly options: readonly FilterOption[]
}

export interface FilterPanelProps {
  readonly action: string
  readonly groups: readonly FilterGroup[]
  readonly search?: { readonly name: string; readonly label: string; readonly value?: string | undefined } | undefined
  /** What must stay as it is: sort, collection. */
  readonly hidden?: Readonly<Record<string, string>> | undefined
  /** How many filters are set, shown where the panel is folded. */
  readonly setCount?: number | undefined
  readonly clearHref?: string | undefined
}

/** Beyond this a group of checkboxes scrolls in its own frame. */
const MOST_OPTIONS_IN_SIGHT = 8

export function FilterPanel({ action, groups, search, hidden = {}, setCount = 0, clearHref }: FilterPanelProps) {
  const t = useTranslator()
  return (
    <details class="filters">
      <summary>{setCount > 0 ? t('components.filters.name-set', { count: setCount }) : t('components.filters.name')}</summary>
      <form method="get" action={action} class="filters-form" aria-label={t('components.filters.name')}>
        {Object.entries(hidden).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        {search && (
          <div class="filter-group">
            <label for={`filter-${search.name}`}>{search.label}</label>
            <input id={`filter-${search.name}`} type="search" name={search.name} value={search.value} dir="auto" />
          </div>
        )}
        {groups.map((group) =>
          group.kind === 'one' ? <OneOf key={group.name} {...group} /> : <ManyOf key={group.name} {...group} />,
        )}
        <div class="button-row">
          <button type="submit" class="button button-primary">
            {t('components.filters.apply')}
          </button>
          {clearHref !== undefined && setCount > 0 && <a href={clearHref}>{t('components.chips.clear')}</a>}
        </div>
      </form>
    </details>
  )
}

function ManyOf({ name, legend, options }: FilterGroup) {
  const t = useTranslator()
  return (
    <fieldset class="filter-group">
      <legend>{legend}</legend>
      <div class={options.length > MOST_OPTIONS_IN_SIGHT ? 'filter-options filter-options-long' : 'filter-options'}>
        {options.map((option) => (
          <label key={option.value} class="choice">
            <input type="checkbox" name={name} value={option.value} checked={option.checked} />
            <span>
              {option.label}
              {option.count !== undefined && <span class="count"> {t.number(option.count)}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

function OneOf({ name, legend, options }: FilterGroup) {
  const t = useTranslator()
  return (
    <div class="filter-group">
      <label for={`filter-${name}`}>{legend}</label>
      <select id={`filter-${name}`} name={name}>
        <option value="">{t('components.filters.any')}</option>
        {options.map((option) => (
          <option key={option.value} value={option.value} selected={option.checked}>
            {option.count === undefined
              ? option.label
              : t('components.filters.option', { label: option.label, count: t.number(option.count) })}
          </option>
        ))}
      </select>
    </div>
  )
}
