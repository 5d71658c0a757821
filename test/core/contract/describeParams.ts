/** The part of the contract shared by every kind of thing with parameters. */
import { expect, it } from 'vitest'
import { checkParams, defaultValues, type ParamSpecs } from '#core/params/params'

/** Defines the tests for the parameters of one catalog entry. */
export function describeParams({ kind, params }: { readonly kind: string; readonly params: ParamSpecs }): void {
  it('has default parameters that its own checks accept and that survive JSON', () => {
    const defaults = defaultValues(params)
    const checked = checkParams(params, defaults, kind, { node: 'it' })
    expect(checked).toEqual({ values: defaults, problems: [] })
    expect(JSON.parse(JSON.stringify(defaults))).toEqual(defaults)
  })

  it('labels and explains its parameters in both languages', () => {
    for (const { label, doc } of Object.values(params))
      for (const { en, zh } of [label, doc]) expect([en.trim(), zh.trim()]).not.toContain('')
  })

  it('rejects an unknown parameter', () => {
    const { problems } = checkParams(params, { 'no such parameter': 1 }, kind, { node: 'it' })
    expect(problems.map(({ code, place }) => [code, place.node])).toEqual([['node-param', 'it']])
  })
}
