/** Texts of any length in a cache entry: concatenated UTF-8 in `texts.bin`, with start offsets in `offsets.bin`. */
import type { EntryWriter, RecordWriter } from '../prepare/entryWriter'

/** Maximum characters to keep per text; no sample uses as many tokens. */
const LENGTH_LIMIT = 2_000_000

export class TextWriter {
  #end = 0

  private constructor(
    private readonly texts: RecordWriter,
    private readonly offsets: RecordWriter,
  ) {}

  static async open(writer: EntryWriter): Promise<TextWriter> {
    return new TextWriter(await writer.file('texts.bin'), await writer.file('offsets.bin'))
  }

  async append(text: string): Promise<void> {
    const bytes = Buffer.from(text.length > LENGTH_LIMIT ? text.slice(0, LENGTH_LIMIT) : text, 'utf8')
    await this.offsets.append(Float64Array.of(this.#end))
    await this.texts.append(bytes)
    this.#end += bytes.length
  }

  /** Writes the end of the last text. */
  async finish(): Promise<void> {
    await this.offsets.append(Float64Array.of(this.#end))
  }
}
