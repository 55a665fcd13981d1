/** Collects figures beside the limit or peer that each is held against, and prints them as one table. */
import { cpus, loadavg, totalmem } from 'node:os'

export function createResults(say) {
  const figures = []
  return {
    figures,
    say,
    /**
     * `limit` is the most that is accepted, unless `atLeast` is set; `peer` is what the same thing costs elsewhere, in words.
     * Without a limit a figure is only shown.
     */
    add(figure) {
      const { value, limit, atLeast = false } = figure
      const kept = limit === undefined || value === undefined ? undefined : atLeast ? value >= limit : value <= limit
      figures.push({ ...figure, ...(kept === undefined ? {} : { kept }), load: Number(loadavg()[0].toFixed(1)) })
      say(lineOf(figures.at(-1)))
    },
    missed: () => figures.filter(({ kept }) => kept === false),
  }
}

/** What was measured on: a figure without its machine means nothing. */
export function describeMachine() {
  const [processor] = cpus()
  return {
    date: new Date().toISOString().slice(0, 16),
    processors: cpus().length,
    model: processor?.model.trim() ?? '?',
    memoryGigabytes: Math.round(totalmem() / 1e9),
    node: process.versions.node,
    loadAtStart: loadavg().map((load) => Number(load.toFixed(1))),
  }
}

/** The middle, the 95th of 100 and the largest of some times. */
export function spread(values) {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
  return { p50: at(0.5), p95: at(0.95), max: sorted.at(-1) ?? Number.NaN }
}

function lineOf({ group, name, value, unit, limit, atLeast, peer, kept, load, note }) {
  const verdict = kept === undefined ? '' : kept ? 'ok' : 'MISSED'
  const held = limit === undefined ? '' : `${atLeast ? '≥' : '≤'} ${written(limit)} ${unit}`
  const beside = [peer, note].filter(Boolean).join('; ')
  return [
    group.padEnd(10),
    name.padEnd(52),
    `${written(value)} ${unit}`.padStart(16),
    held.padStart(14),
    verdict.padEnd(6),
    `load ${load.toFixed(1)}`,
    beside,
  ].join('  ')
}

function written(value) {
  if (value === undefined) return '–'
  return value >= 100 || Number.isInteger(value) ? Math.round(value).toLocaleString('en') : value.toFixed(value >= 10 ? 1 : 2)
}
