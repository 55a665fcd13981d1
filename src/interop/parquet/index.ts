/** The door of the Parquet room. */
export { openParquet, type WrittenParquet, writeParquet } from './write-parquet.ts'
