/** Cell texts that mean a missing value, unless the project says otherwise. */

/**
 * Words for “missing”, case-insensitive; empty cells always are. What programs write (`NA` of R, `NaN` and `None`
 * of Python, `#N/A` of spreadsheets, `null` of databases) and what people type (`n.a.`, `?`, a dash, a point).
 */
export const missingWords: readonly string[] = [
  ...['NA', 'N/A', 'n.a.', 'NaN', 'null', 'None', '#N/A', '<NA>'],
  ...['?', '-', '.'],
]

/** Thousands separators; a blank stands for every kind of space. */
export const thousandsMarks = ['', ',', '.', ' ', "'"] as const
export type ThousandsMark = (typeof thousandsMarks)[number]
