/** All known columns of a table, with their roles: those the project names and those the host has found. */
import type { DataFacts } from '#core/data/facts'
import type { ColumnSettings, SourceOf } from '#core/graph/dataSettings'

export interface TableColumnView {
  readonly name: string
  readonly role: ColumnSettings['role']
  /** Undefined if not inspected, as for ignored columns. */
  readonly type: NonNullable<ColumnSettings['type']> | undefined
}

/** Features in the order of the table, then the label, then the others. */
export function tableColumns(
  source: Pick<SourceOf<'table'>, 'label' | 'columns'>,
  facts: DataFacts | undefined,
): readonly TableColumnView[] {
  const settings = new Map(source.columns.map((column) => [column.name, column]))
  const found = (facts?.sample.columns ?? []).map(({ name, type }): TableColumnView => ({
    name,
    role: 'feature',
    type: settings.get(name)?.type ?? type,
  }))
  const features = new Set(found.map(({ name }) => name))
  const named = source.columns
    .filter(({ name }) => !features.has(name) && name !== source.label)
    .map(({ name, role, type }): TableColumnView => ({ name, role, type }))
  const label: TableColumnView = {
    name: source.label,
    role: 'label',
    type: facts?.target.kind === 'numbers' ? 'numeric' : 'categorical',
  }
  return [...found, label, ...named]
}
