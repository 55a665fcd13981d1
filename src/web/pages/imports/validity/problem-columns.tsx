/** What a problem of a published file says, cell by cell: the same on the page and in the downloads. */
import { problemText } from '../../../../i18n/problem-text.ts'
import type { Translator } from '../../../../i18n/translator.ts'
import type { OutColumn, OutRow } from '../../../../interop/tables/index.ts'
import type { ProblemReport } from '../../../../kernel/problems.ts'

/** What was found; of a period both of its ends. */
export function foundText({ params }: ProblemReport): string | undefined {
  const { found, start, end } = params
  if (found !== undefined) return String(found)
  return start === undefined || end === undefined ? undefined : `${start} – ${end}`
}

/** What would be accepted, where it can be said in a word: a value, what is missing, a list, a limit. The sentence says the rest. */
export function acceptedText({ params }: ProblemReport): string | undefined {
  const accepted = params.accepted ?? params.missing ?? params.list ?? params.limit
  return accepted === undefined ? undefined : String(accepted)
}

/** Identifiers, codes and paths read from left to right in every language. */
export function Code({ text }: { readonly text: string }) {
  return <bdi dir="ltr">{text}</bdi>
}

export function problemColumns(t: Translator): OutColumn[] {
  return [
    { key: 'file', header: t('imports.column.file'), width: 28 },
    { key: 'line', header: t('published.validity.line') },
    { key: 'activity', header: t('published.validity.activity'), width: 28 },
    { key: 'element', header: t('published.validity.element'), width: 28 },
    { key: 'level', header: t('imports.kinds.level') },
    { key: 'rule', header: t('published.validity.rule'), width: 28 },
    { key: 'found', header: t('imports.kinds.found'), width: 40 },
    { key: 'accepted', header: t('published.validity.accepted'), width: 40 },
    { key: 'message', header: t('imports.kinds.message'), width: 90 },
  ]
}

export function problemCells(t: Translator, problem: ProblemReport): OutRow {
  const { code, params, place, level } = problem
  return {
    file: place?.file ?? null,
    line: place?.line ?? null,
    activity: place?.activity ?? null,
    element: place?.element ?? null,
    level: t(`imports.level.${level ?? 'error'}`),
    rule: code,
    found: foundText(problem) ?? null,
    accepted: acceptedText(problem) ?? null,
    message: problemText(t, { code, params }),
  }
}
