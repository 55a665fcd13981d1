/** The door of the Parquet room. */
export { type WrittenParquet, writeParquet } from './write-parquet.ts'
