/** The datatypes of XML Schema that 2.03 uses, as far as a written value can break them. */

export type Datatype =
  | 'string'
  | 'decimal'
  | 'date'
  | 'dateTime'
  | 'boolean'
  | 'int'
  | 'natural'
  | 'positive'
  | 'uri'
  | 'token'
  | 'language'

const WHOLE = /^[+-]?\d+$/

const CHECKS: Readonly<Record<Datatype, (text: string) => boolean>> = {
  string: () => true,
  decimal: (text) => /^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(text),
  date: isDate,
  dateTime: isDateTime,
  boolean: (text) => /^(true|false|0|1)$/.test(text),
  int: (text) => WHOLE.test(text) && Math.abs(Number(text)) <= 2_147_483_647,
  natural: (text) => /^\+?\d+$/.test(text),
  positive: (text) => /^\+?\d+$/.test(text) && Number(text) > 0,
  uri: isUri,
  token: (text) => /^[\p{L}\p{N}._:-]+$/u.test(text),
  language: (text) => text === '' || /^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$/.test(text),
}

/** Blanks around a value do not count, except in plain strings. */
export function isOfType(text: string, type: Datatype): boolean {
  return CHECKS[type](text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, ''))
}

const ZONE = /^(Z|[+-](0\d|1[0-3]):[0-5]\d|[+-]14:00)?$/

function isDate(text: string): boolean {
  const [, year, month, day, zone] = /^(\d{4})-(\d{2})-(\d{2})(.*)$/.exec(text) ?? []
  if (year === undefined || month === undefined || day === undefined || Number(year) < 1 || !ZONE.test(zone ?? '')) return false
  // `new Date(2023, 2, 0)` is the last day of February.
  const last = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()
  return Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= last
}

function isDateTime(text: string): boolean {
  const [, day, time, zone] = /^([^T]+)T(\d{2}:\d{2}:\d{2})(?:\.\d+)?(.*)$/.exec(text) ?? []
  if (day === undefined || time === undefined || zone === undefined) return false
  const isTime = /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/.test(time) || time === '24:00:00'
  return isDate(day) && isTime && ZONE.test(zone)
}

/** As the common checkers read addresses: characters that must be escaped count as escaped, blanks within do not. */
function isUri(text: string): boolean {
  const escaped = text.replace(/[^\u0020-\u007e]|[<>"{}|\\^`]/g, '_')
  const parts = /^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/.exec(escaped)
  if (!parts) return false
  const [, scheme, authority, path = '', query = '', fragment = ''] = parts
  if (
    authority !== undefined &&
    !/^(?:[\w.~!$&'()*+,;=:%-]*@)?(?:\[[0-9A-Fa-f:.]+\]|[\w.~!$&'()*+,;=%-]*)(?::\d*)?$/.test(authority)
  )
    return false
  if (scheme === undefined && authority === undefined && /^[^/]*:/.test(path)) return false
  const allowed = /^(?:[\w.~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*$/
  return [path, query, fragment].every((part) => allowed.test(part))
}
