/**
 * From which item of the record a row of the form was made, so that what the form does not show stays with it, whatever was typed and
 * however rows were moved. Of long lists the form shows the first items; the others are kept as they are.
 */
import { createHash } from 'node:crypto'

/** Beyond this a form is more than a browser can show and send. */
export const SHOWN_ITEMS = 50

/** Travels unseen in the row; of an item that somebody else changed meanwhile it finds nothing. */
export function originOf(item: object): string {
  return createHash('sha256').update(JSON.stringify(item)).digest('base64url').slice(0, 16)
}

export function itemFrom<Item extends object>(items: readonly Item[] | undefined, origin: string | undefined): Item | undefined {
  return origin === undefined ? undefined : items?.find((item) => originOf(item) === origin)
}

export function shownOf<Item>(items: readonly Item[] | undefined): readonly Item[] {
  return items?.slice(0, SHOWN_ITEMS) ?? []
}

export function restOf<Item>(items: readonly Item[] | undefined): readonly Item[] {
  return items?.slice(SHOWN_ITEMS) ?? []
}
