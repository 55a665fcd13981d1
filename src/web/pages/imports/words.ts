/** Words that several import pages share: sizes, file formats, states of a run, the steps. */
import type { Translator } from '../../../i18n/translator.ts'
import type { ImportRun } from '../../../modules/registry/index.ts'
import type { Step } from '../../components/index.ts'

/** "312 kB", "4.1 MB". */
export function sizeText(t: Translator, bytes: number): string {
  return bytes < 1_000_000
    ? t('imports.size.kb', { size: t.number(Math.max(1, Math.round(bytes / 1_000))) })
    : t('imports.size.mb', { size: t.number(bytes / 1_000_000, { digits: 1 }) })
}

const FORMAT_NAMES: Readonly<Record<string, string>> = { csv: 'CSV', xlsx: 'XLSX', json: 'JSON', jsonl: 'JSON Lines' }

export function formatName(format: string): string {
  return FORMAT_NAMES[format] ?? format
}

export const RUN_TONES: Readonly<Record<ImportRun['state'], 'open' | 'waiting' | 'done' | 'closed'>> = {
  staging: 'waiting',
  paused: 'waiting',
  clearing: 'closed',
  applied: 'done',
  undone: 'closed',
  cancelled: 'closed',
  failed: 'closed',
}

export type ImportStep = 'choose' | 'match' | 'check' | 'import'

const STEPS: readonly ImportStep[] = ['choose', 'match', 'check', 'import']

/** The four steps; those already done are links. */
export function importSteps(t: Translator, current: ImportStep, hrefs: Partial<Record<ImportStep, string>>): Step[] {
  const at = STEPS.indexOf(current)
  return STEPS.map((step, index) => ({
    label: t(`imports.step.${step}`),
    state: index < at ? 'done' : index === at ? 'current' : 'todo',
    ...(hrefs[step] === undefined ? {} : { href: hrefs[step] }),
  }))
}

/** A name inside a sentence: it keeps its own direction and does not turn the words around it (Unicode isolates). */
export function isolated(name: string): string {
  return `\u2068${name}\u2069`
}

/** The address with the collection from which the person comes: it is then proposed for the rows. */
export function withCollection(address: string, query: URLSearchParams): string {
  const collection = query.get('collection')
  return collection === null ? address : `${address}?${new URLSearchParams({ collection })}`
}
