/**
 * How a value of the database looks in the program. The same for both engines.
 *
 * | SQL                | TypeScript                                                                  |
 * |--------------------|-----------------------------------------------------------------------------|
 * | int2, int4, int8   | number (an int8 beyond 2^53 is a fault, not a rounded number)                |
 * | numeric            | string, exact                                                               |
 * | date               | string 'YYYY-MM-DD'                                                         |
 * | timestamptz        | string, ISO 8601 in UTC with the stored digits: '2026-11-24T23:30:12.123456Z' |
 * | timestamp, time, interval | string as PostgreSQL writes it                                       |
 * | json, jsonb        | the parsed value                                                            |
 * | bytea              | Buffer                                                                      |
 * | arrays             | arrays of the above                                                         |
 *
 * Text rather than Date for timestamptz: it is exact to the microsecond, survives JSON unchanged and sorts as text.
 */
import pg from 'pg'

type Parse = (text: string) => unknown

const OID = { int8: 20, date: 1082, timestamp: 1114, timestamptz: 1184, interval: 1186, numeric: 1700 } as const
const ARRAY_OID = { int8: 1016, date: 1182, timestamp: 1115, timestamptz: 1185, interval: 1187, numeric: 1231 } as const

/** `text[]`; the driver lists only the types without array. */
const TEXT_ARRAY_OID = 1009
const parseTextArray: (text: string) => (string | null)[] = pg.types.getTypeParser(
  TEXT_ARRAY_OID as Parameters<typeof pg.types.getTypeParser>[0],
)

const asIs: Parse = (text) => text

function parseInt8(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value))
    throw new Error(`An int8 from the database does not fit a number exactly: ${text}. Cast it to numeric.`)
  return value
}

/** PostgreSQL writes '2026-11-24 23:30:12.123456+00'; every connection is set to UTC. 'infinity' stays as it is. */
function parseTimestamptz(text: string): string {
  return text.endsWith('+00') ? `${text.slice(0, -3).replace(' ', 'T')}Z` : text
}

function arrayOf(parse: Parse): Parse {
  return (text) => parseTextArray(text).map((item) => (item === null ? null : parse(item)))
}

const parsers = new Map<number, Parse>([
  [OID.int8, parseInt8],
  [OID.date, asIs],
  [OID.timestamp, asIs],
  [OID.timestamptz, parseTimestamptz],
  [OID.interval, asIs],
  [OID.numeric, asIs],
  [ARRAY_OID.int8, arrayOf(parseInt8)],
  [ARRAY_OID.date, arrayOf(asIs)],
  [ARRAY_OID.timestamp, arrayOf(asIs)],
  [ARRAY_OID.timestamptz, arrayOf(parseTimestamptz)],
  [ARRAY_OID.interval, arrayOf(asIs)],
  [ARRAY_OID.numeric, arrayOf(asIs)],
])

export const typeParsers: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    parsers.get(oid) ?? pg.types.getTypeParser(oid, format as 'text')) as pg.CustomTypesConfig['getTypeParser'],
}
