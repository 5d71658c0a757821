/** Parquet files in memory, by hyparquet-writer. */
import { parquetWriteBuffer, type ColumnSource, type ParquetWriteOptions } from 'hyparquet-writer'

type Options = Omit<ParquetWriteOptions, 'writer' | 'columnData'>

export function parquetBytes(columnData: ColumnSource[], options: Options = {}): Buffer {
  return Buffer.from(parquetWriteBuffer({ columnData, ...options }))
}
