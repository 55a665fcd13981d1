/** Stable addresses of open data, and sizes as people read them. */
import type { Translator } from '../../../i18n/translator.ts'
import type { BulkFormat } from '../../../jobs/exports/bulk-files.ts'

export function bulkAddress(key: string, { extension }: Pick<BulkFormat, 'extension'>): string {
  return `/data/${encodeURIComponent(key)}.${extension}`
}

/** What the published file of a collection does not hold, for programs. */
export function leftOutAddress(key: string): string {
  return `/data/left-out/${encodeURIComponent(key)}.json`
}

export function snapshotAddress(id: string): string {
  return `/data/snapshots/${id}.zip`
}

const MEGABYTE = 1_000_000

export function sizeText(t: Translator, bytes: number): string {
  return bytes < MEGABYTE
    ? t('data.kilobytes', { size: t.number(Math.max(1, Math.round(bytes / 1_000))) })
    : t('data.megabytes', { size: t.number(bytes / MEGABYTE, { digits: 1 }) })
}
