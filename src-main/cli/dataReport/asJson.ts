/** The same report as one JSON document; docs/cli.md names its fields. */
import type { ColumnLook } from '#core/data/look'
import type { FoundColumn } from '#core/rpc/contract/data'
import type { Inspection, PreparedData } from './inspection'

export function asJson({ path, title, settings, task, found, prepared, problems, unreadable }: Inspection): object {
  const columns = new Map((found?.table?.columns ?? []).map((column) => [column.name, column]))
  return {
    path,
    title,
    task,
    source: settings.source,
    split: settings.split,
    preprocess: settings.preprocess,
    ...(found?.table?.dialect && { dialect: found.table.dialect }),
    ...(found?.table && { missing: found.table.missing, sentinels: found.table.sentinels }),
    ...(prepared && preparedPart(prepared)),
    columns: columnsPart(columns, prepared),
    problems,
    unreadable: unreadable.map(({ file, problem: { code, message } }) => ({ file, code, message })),
  }
}

function preparedPart({ dataset, look, sizes }: PreparedData) {
  const { facts, preprocess, steps, raw, given, fingerprint } = dataset
  const { balance, counts, duplicates, channels, lengths, correlation, testLooks } = look
  return {
    samples: { count: raw.count, ...counts },
    given,
    sample: { dtype: preprocess.dtype, shape: preprocess.shape },
    target: facts.target,
    classes:
      balance?.classes.map((name, c) => ({
        name,
        train: balance.counts.train[c],
        validation: balance.counts.validation[c],
        test: balance.counts.test[c],
      })) ?? null,
    targets: look.targets.map(numberPart),
    channels,
    images: sizes,
    lengths,
    vocabulary: facts.sample.vocabulary?.length ?? null,
    duplicates,
    correlation: correlation && { names: correlation.names, values: [...correlation.values] },
    testLooks,
    fingerprint,
    cache: steps.map(({ step, key, bytes, hit }) => ({ step, key, bytes, hit })),
  }
}

/** All columns of the table; for features, also their statistics in the training split. */
function columnsPart(found: ReadonlyMap<string, FoundColumn>, prepared: PreparedData | null): object[] {
  const looks = new Map((prepared?.look.columns ?? []).map((column) => [column.name, column]))
  const names = [...new Set([...found.keys(), ...looks.keys()])]
  return names.map((name) => {
    const column = found.get(name)
    const look = looks.get(name)
    return {
      name,
      role: column?.role ?? 'feature',
      type: look?.type ?? column?.type,
      ...(column && { values: column.values, missing: column.missing, examples: column.examples }),
      ...(look && { training: numberPart(look) }),
    }
  })
}

function numberPart({ type: _type, ...rest }: ColumnLook) {
  return rest
}
