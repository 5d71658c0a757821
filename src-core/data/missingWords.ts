/** What a cell of a table may say in place of a value, where nothing else is said in the project. */

/**
 * Words for “missing”, in any case of their letters; empty cells always are. What programs write (`NA` of R, `NaN` and `None`
 * of Python, `#N/A` of spreadsheets, `null` of databases) and what people do (`n.a.`, `?`, a dash, a point).
 */
export const missingWords: readonly string[] = [
  ...['NA', 'N/A', 'n.a.', 'NaN', 'null', 'None', '#N/A', '<NA>'],
  ...['?', '-', '.'],
]

/** Marks between the thousands of a number; a blank stands for every kind of space. */
export const thousandsMarks = ['', ',', '.', ' ', "'"] as const
export type ThousandsMark = (typeof thousandsMarks)[number]
