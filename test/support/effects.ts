/** Finds parameters that change nothing: the outcomes of different values are written down and compared. */
import type { Graph } from '#core/onnx/graph'
import { accepts, defaultValues, type ParamSpec, type ParamSpecs } from '#core/params/params'
import { ProblemError } from '#core/problems/problem'

export type Values = Readonly<Record<string, unknown>>

/** Other values that a parameter allows. */
export function alternatives(spec: ParamSpec, value: unknown): unknown[] {
  return candidates(spec, value).filter(
    (other) => accepts(spec, other) && JSON.stringify(other) !== JSON.stringify(value),
  )
}

function candidates(spec: ParamSpec, value: unknown): unknown[] {
  const number = typeof value === 'number' ? value : 1
  switch (spec.type) {
    case 'integer':
      return [number + 1, number - 1, 2 * number, spec.min]
    case 'real':
      return [number / 2, number + 0.25, number + 3, 1, 0]
    case 'flag':
      return [value !== true]
    case 'choice':
      return [...spec.options]
    case 'pair':
      return [...(spec.words ?? []), 1, 2, 3, [1, 2]]
    case 'list':
      return [null, [-1], [1], [2, 1, 3]]
    case 'range': {
      const [low, high] = value as readonly [number, number]
      return [
        [low, (low + high) / 2],
        [(low + high) / 2, high],
        [low, high + 0.2],
      ]
    }
    case 'columns':
      return [['a'], ['b'], ['c']]
  }
}

/**
 * Names of the parameters that make no difference to `outcome`, neither to the defaults nor to any of `bases`, also where one of
 * the others is changed. A problem is an outcome too.
 */
export async function deadParams(
  specs: ParamSpecs,
  outcome: (values: Values) => unknown,
  bases: readonly Values[] = [{}],
): Promise<string[]> {
  const known = new Map<string, string>()
  const outcomeOf = async (values: Values): Promise<string> => {
    const key = JSON.stringify(values)
    if (!known.has(key)) known.set(key, await written(() => outcome(values)))
    return known.get(key)!
  }
  const isAlive = async (name: string): Promise<boolean> => {
    for (const given of bases) {
      const base: Values = { ...defaultValues(specs), ...given }
      const around = Object.entries(specs).flatMap(([other, spec]) =>
        other === name ? [] : alternatives(spec, base[other]).map((value) => ({ ...base, [other]: value })),
      )
      for (const values of [base, ...around])
        for (const value of alternatives(specs[name]!, values[name]))
          if ((await outcomeOf({ ...values, [name]: value })) !== (await outcomeOf(values))) return true
    }
    return false
  }
  const dead: string[] = []
  for (const name of Object.keys(specs)) if (!(await isAlive(name))) dead.push(name)
  return dead
}

async function written(outcome: () => unknown): Promise<string> {
  try {
    return JSON.stringify(await outcome())
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    return error.message
  }
}

/** All that a graph computes, as plain data. */
export const plainGraph = ({ inputs, outputs, nodes, initializers }: Graph): unknown => ({
  inputs,
  outputs,
  nodes,
  constants: [...initializers].map(([name, { shape, data }]) => [name, shape, Array.from(data, String)]),
})
