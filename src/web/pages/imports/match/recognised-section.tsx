/** What kind of file it is and which of its sheets hold the table; encoding, separator and heading rows can be corrected. */
import { problemText } from '../../../../i18n/problem-text.ts'
import type { Translator } from '../../../../i18n/translator.ts'
import {
  Button,
  ButtonRow,
  type Column,
  DataTable,
  type FormError,
  FormSection,
  fieldId,
  Notice,
  type SummaryFact,
  SummaryList,
} from '../../../components/index.ts'
import type { PageRequest } from '../../../site.tsx'
import { formatName, sizeText } from '../words.ts'
import { CompactSelect } from './compact-select.tsx'
import { errorOf } from './error-of.ts'
import type { MatchView, SheetChoice } from './match-view.ts'

const ENCODINGS = [
  'utf-8',
  'utf-16le',
  'windows-1252',
  'windows-1250',
  'windows-1251',
  'windows-1256',
  'koi8-r',
  'gb18030',
  'big5',
  'shift_jis',
]
const DELIMITERS = [',', ';', '\t', '|']
const SHOWN_TITLES = 5

interface SectionProps {
  readonly request: PageRequest
  readonly view: MatchView
  readonly errors: readonly FormError[]
}

export function RecognisedSection({ request, view, errors }: SectionProps) {
  const { t } = request
  const { recognised, sheets } = view
  return (
    <FormSection title={t('imports.recognised.title')}>
      <SummaryList facts={fileFacts(t, view)} />
      <TextReading t={t} view={view} />
      {recognised.problems.length > 0 && (
        <Notice>
          <ul>
            {recognised.problems.map((problem) => (
              <li key={problem.code}>{problemText(t, problem)}</li>
            ))}
          </ul>
        </Notice>
      )}
      <DataTable
        caption={t('imports.recognised.sheets')}
        captionHidden={sheets.length === 1}
        columns={[
          {
            key: 'sheet',
            label: t('imports.recognised.sheet'),
            rowHeader: true,
            cell: (sheet) => <SheetName t={t} sheet={sheet} only={sheets.length === 1} isFirst={sheet.index === 0} />,
          },
          {
            key: 'heading',
            label: t('imports.recognised.heading'),
            cell: (sheet) => (
              <RowInput
                name={`heading.${sheet.index}`}
                label={t('imports.recognised.heading-of', { sheet: sheetLabel(t, sheet) })}
                value={sheet.mapping.headerRows.join(', ')}
                error={errorOf(errors, `heading.${sheet.index}`)}
              />
            ),
          },
          {
            key: 'first',
            label: t('imports.recognised.first-row'),
            kind: 'number',
            cell: (sheet) => String(sheet.recognition.firstDataRow),
          },
          // Of a single table the year is asked for below, beside the collection.
          ...(sheets.length > 1 ? [yearColumn(t, errors)] : []),
          {
            key: 'titles',
            label: t('imports.recognised.titles'),
            cell: (sheet) =>
              sheet.recognition.titleRows.length === 0
                ? t('imports.recognised.no-titles')
                : sheet.recognition.titleRows.slice(0, SHOWN_TITLES).map(({ row, text }) => (
                    <div key={row}>
                      <span class="muted">{row}</span> <bdi>{text.slice(0, 160)}</bdi>
                    </div>
                  )),
          },
        ]}
        rows={sheets}
        rowKey={(sheet) => String(sheet.index)}
      />
      <ButtonRow>
        <Button kind="secondary" name="do" value="again">
          {t('imports.recognised.again')}
        </Button>
      </ButtonRow>
    </FormSection>
  )
}

function yearColumn(t: Translator, errors: readonly FormError[]): Column<SheetChoice> {
  return {
    key: 'year',
    label: t('imports.recognised.year'),
    cell: (sheet) =>
      sheet.mapping.columns.some((column) => column.field === 'listYear') ? (
        t('imports.recognised.year-in-column')
      ) : (
        <RowInput
          name={`year.${sheet.index}`}
          label={t('imports.recognised.year-of', { sheet: sheetLabel(t, sheet) })}
          value={sheet.mapping.constants?.listYear ?? ''}
          error={errorOf(errors, `year.${sheet.index}`)}
        />
      ),
  }
}

function fileFacts(t: Translator, { recognised, sheets }: MatchView): SummaryFact[] {
  const read = sheets.filter(({ chosen }) => chosen).map(({ recognition }) => recognition)
  const columns = read.flatMap((sheet) => sheet.columns)
  const found = columns.filter((column) => column.field !== undefined && column.field !== 'kept').length
  const languages = [...new Set(read.map((sheet) => sheet.language))]
  return [
    {
      label: t('imports.recognised.format'),
      value: t('imports.recognised.format-and-size', {
        format: formatName(recognised.format),
        size: sizeText(t, recognised.sizeBytes),
      }),
    },
    {
      label: t('imports.recognised.languages'),
      value: languages.length === 0 ? undefined : t.list(languages.map((lang) => languageName(t, lang))),
    },
    {
      label: t('imports.recognised.columns'),
      value: t('imports.recognised.columns-of', { count: columns.length, found: t.number(found), all: t.number(columns.length) }),
    },
  ]
}

/** How a text file is taken apart; a workbook says it itself. */
function TextReading({ t, view: { recognised, choices } }: { readonly t: Translator; readonly view: MatchView }) {
  const opening = choices.mappings[0]
  return (
    <>
      {recognised.encoding !== undefined && (
        <CompactSelect
          name="encoding"
          label={t('imports.recognised.encoding')}
          labelled
          value={opening?.encoding ?? ''}
          choices={[
            { value: '', label: t('imports.recognised.as-found', { found: recognised.encoding }) },
            ...ENCODINGS.map((encoding) => ({ value: encoding, label: encoding })),
          ]}
        />
      )}
      {recognised.delimiter !== undefined && (
        <CompactSelect
          name="delimiter"
          label={t('imports.recognised.delimiter')}
          labelled
          value={opening?.delimiter ?? ''}
          choices={[
            { value: '', label: t('imports.recognised.as-found', { found: delimiterName(t, recognised.delimiter) }) },
            ...DELIMITERS.map((delimiter) => ({ value: delimiter, label: delimiterName(t, delimiter) })),
          ]}
        />
      )}
    </>
  )
}

function delimiterName(t: Translator, delimiter: string): string {
  return delimiter === '\t' ? t('imports.recognised.tab') : delimiter
}

export function languageName(t: Translator, lang: string): string {
  return lang === 'und' ? t('components.not-stated') : (new Intl.DisplayNames([t.lang], { type: 'language' }).of(lang) ?? lang)
}

function sheetLabel(t: Translator, { recognition }: SheetChoice): string {
  return recognition.sheet === '' ? t('imports.recognised.the-table') : recognition.sheet
}

interface SheetNameProps {
  readonly t: Translator
  readonly sheet: SheetChoice
  readonly only: boolean
  readonly isFirst: boolean
}

function SheetName({ t, sheet, only, isFirst }: SheetNameProps) {
  const name = sheetLabel(t, sheet)
  const label = sheet.recognition.hidden ? t('imports.recognised.hidden', { sheet: name }) : name
  if (only) return <bdi>{label}</bdi>
  return (
    <div class="choice">
      <input
        id={isFirst ? fieldId('sheet') : fieldId(`sheet.${sheet.index}`)}
        type="checkbox"
        name="sheet"
        value={String(sheet.index)}
        checked={sheet.chosen}
      />
      <label for={isFirst ? fieldId('sheet') : fieldId(`sheet.${sheet.index}`)}>
        <span class="visually-hidden">{t('imports.recognised.read-sheet')} </span>
        <bdi>{label}</bdi>
      </label>
    </div>
  )
}

interface RowInputProps {
  readonly name: string
  readonly label: string
  readonly value: string
  readonly error: string | undefined
}

/** A short number inside the table. */
function RowInput({ name, label, value, error }: RowInputProps) {
  const id = fieldId(name)
  return (
    <div class={error === undefined ? undefined : 'field-wrong'}>
      <label class="visually-hidden" for={id}>
        {label}
      </label>
      {error !== undefined && (
        <p class="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
      <input
        id={id}
        name={name}
        value={value}
        class="input input-short"
        inputMode="numeric"
        dir="ltr"
        aria-describedby={error === undefined ? undefined : `${id}-error`}
        aria-invalid={error === undefined ? undefined : 'true'}
      />
    </div>
  )
}
