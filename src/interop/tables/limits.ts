/** How large a table may be. Beyond these sizes a file is refused with a message instead of filling the memory. */

export interface TableLimits {
  /** Size of the file on disk. 300 MB CSV files are in use; 1 GB leaves room. */
  readonly fileBytes: number
  /** Size of all parts of a workbook, or of a gzip file, after unpacking. */
  readonly unpackedBytes: number
  /** Unpacked size divided by packed size, looked at once a part is larger than `ratioFromBytes`. */
  readonly ratio: number
  /** Sheets that repeat one value pack 100 to 1 without any bad intent; below this size that does no harm. */
  readonly ratioFromBytes: number
  /** Parts in a workbook. Real ones have tens, with pictures hundreds. */
  readonly entries: number
  readonly columns: number
  /** UTF-16 units. Excel itself stops at 32,767; JSON and CSV narratives may be longer. */
  readonly cellLength: number
}

/** Characters of a cell that recognition looks at: what a column holds shows at the beginning of its cells. */
export const LOOKED_AT = 400
/** Dates, amounts and names are shorter; the search in longer texts finds nothing and takes long. */
export const LONGEST_NAME = 100
/** A list of all countries with their shares has 4,000 characters. */
export const LONGEST_LIST = 8_000

export const DEFAULT_LIMITS: TableLimits = {
  fileBytes: 1_000_000_000,
  unpackedBytes: 1_000_000_000,
  ratio: 200,
  ratioFromBytes: 20_000_000,
  entries: 5_000,
  columns: 2_000,
  cellLength: 1_000_000,
}
