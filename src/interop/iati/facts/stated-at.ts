/**
 * Moments as publishers write them: with a T or a space, with or without a time zone. Without one they count as UTC. Years are those
 * of four digits, from 0001.
 */

const WRITTEN = /^\s*(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(?:[.,]\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?\s*$/

export function readMoment(written: string | undefined): string | undefined {
  if (written === undefined) return undefined
  const match = WRITTEN.exec(written)
  if (!match) return undefined
  const [, day = '', time = '00:00', zone = 'Z'] = match
  const moment = new Date(`${day}T${time}${zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone}`)
  if (Number.isNaN(moment.getTime())) return undefined
  // The time zone may lead out of the years that a date has.
  const utc = moment.toISOString()
  return /^(?!0000)\d{4}-/.test(utc) ? utc : undefined
}
