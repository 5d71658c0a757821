/** What can be wrong with the columns and cells of a table, as problems. */
import { counted } from '#core/base/counted'
import { listed } from '#core/data/listed'
import { fail, type Problem } from '#core/problems/problem'
import { CATEGORY_LIMIT, type TableProfile } from './tableProfile'

export interface TablePlace {
  readonly path: string
  readonly names: readonly string[]
}

/** A cell as it is printed: long ones cut. */
export function quoted(cell: string): string {
  return JSON.stringify(cell.length > 60 ? `${cell.slice(0, 60)}…` : cell)
}

export function notANumber(place: Problem['place'], cell: string): Problem {
  return {
    code: 'data-cell',
    severity: 'error',
    place,
    message: 'The column is numeric, but this cell is not a number.',
    expected: 'a decimal number below 3.4e38, or an empty cell',
    received: quoted(cell),
    fix: 'Correct or empty the cell, add its word to data.source.missing if it stands for a missing value, or give the column the type "categorical".',
  }
}

export function unknownCategory(place: Problem['place'], cell: string, categories: readonly string[]): Problem {
  return {
    code: 'data-cell',
    severity: 'error',
    place,
    message: 'The category is not one that the model knows.',
    expected: listed(categories.map(quoted)),
    received: quoted(cell),
    fix: 'Correct the spelling, or leave the cell empty.',
  }
}

export function unknownSplit(place: Problem['place'], cell: string): Problem {
  return {
    code: 'data-cell',
    severity: 'error',
    place,
    message: 'The cell does not name a split.',
    expected: 'train, validation or test, or an empty cell for a row whose split is drawn',
    received: quoted(cell),
    fix: 'Correct the cell, or give the column the role "ignored".',
  }
}

/** `words` stood where labels are missing. */
export function noteDropped(
  { path }: TablePlace,
  label: string,
  profile: TableProfile,
  words: readonly string[] = [],
): Problem {
  const { unlabelled: count, rows, firstUnlabelled } = profile
  const read = words.slice(0, 3).map(quoted).join(', ')
  return {
    code: 'data-label',
    severity: 'warning',
    place: { file: path, ...(firstUnlabelled !== undefined && { line: firstUnlabelled }), column: label },
    message: `${count} of ${counted(rows + count, 'row')} ${count === 1 ? 'has' : 'have'} no ${label} and ${count === 1 ? 'was' : 'were'} left out.`,
    ...(words.length > 0 && { received: `${read} in place of a value` }),
    fix: `Nothing needs to be done, unless the labels are known: then fill them in.${words.length > 0 ? ` Where ${read} is a class, take it off the missing words of the table.` : ''}`,
    data: { case: 'unlabelled', count },
  }
}

export function noteLeftOut({ path }: TablePlace, column: string, reason: string): Problem {
  return {
    code: 'data-column',
    severity: 'warning',
    place: { file: path, column },
    message: `Column ${column} was left out: ${reason}.`,
    fix: 'Give it a type in the project to use it, or the role "ignored" to silence this.',
  }
}

/** Of numbers to predict. */
export function noteCoarse({ path }: TablePlace, label: string): Problem {
  return {
    code: 'data-precision',
    severity: 'warning',
    place: { file: path, column: label },
    message: `Models answer in float32, which keeps too little of ${label}: its values are large and differ by little.`,
    expected: 'numbers that differ by a good part of their size',
    fix: `Predict the difference to a fixed number: subtract it from ${label} in the table.`,
    data: { case: 'target', column: label },
  }
}

export function failUnlabelled({ path }: TablePlace, label: string, rows: number): never {
  return fail({
    code: 'data-empty',
    place: { file: path, column: label },
    message: 'No row has a label.',
    expected: `a value in ${label}`,
    received: `${counted(rows, 'row')} in which it is missing`,
    fix: 'Choose another label column or fill it in.',
    data: { case: 'no-labels', column: label },
  })
}

export function failNoFeatures({ path, names }: TablePlace, label: string): never {
  return fail({
    code: 'data-column',
    place: { file: path },
    message: 'No column is left as a feature.',
    expected: 'at least one column beside the label that is not ignored',
    received: listed(names.filter((name) => name !== label)) || 'only the label',
    fix: 'Check the delimiter, or give a column the role "feature" and a type.',
  })
}

export function failTextWithOthers({ path }: TablePlace, text: string, other: string): never {
  return fail({
    code: 'data-column',
    place: { file: path, column: other, param: 'data.source.columns' },
    message: `The samples are the texts of ${text}, so ${other} cannot be a feature beside them.`,
    expected: `${text} as the only feature`,
    received: `${text} and ${other}`,
    fix: `Give ${other} the role "ignored", or ${text} another type.`,
  })
}

export function failClasses({ path }: TablePlace, label: string, classes: readonly string[], tooMany: boolean): never {
  return fail({
    code: 'data-label',
    place: { file: path, column: label },
    message: tooMany ? 'The label has too many classes.' : 'The label has only one class.',
    expected: `2 to ${CATEGORY_LIMIT} classes`,
    received: tooMany ? `more than ${CATEGORY_LIMIT} different values` : `only ${quoted(classes[0]!)}`,
    fix: tooMany
      ? 'For a measurement set the task to regression, else choose another label column.'
      : 'Choose another label column.',
    data: { case: tooMany ? 'many-classes' : 'one-class' },
  })
}

export function failCategories({ path }: TablePlace, column: string): never {
  return fail({
    code: 'data-too-large',
    place: { file: path, column },
    message: 'The column has too many categories.',
    expected: `at most ${CATEGORY_LIMIT}`,
    received: `more than ${CATEGORY_LIMIT}`,
    fix: 'Give the column the role "ignored".',
  })
}
