/** The contract of every parameter of a pre-transform: it changes what is fitted, prepared or asked for in some case. */
import { describe, expect, it } from 'vitest'
import { describeNumbers } from '#core/data/statistics'
import { checkParams } from '#core/params/params'
import { preTransforms } from '#core/pretransforms/index'
import type { PreTransform } from '#core/pretransforms/preTransform'
import { buildVocabulary, countTokens, indexVocabulary } from '#core/text/vocabulary'
import { runImageSteps } from '../../../../src-main/data/prepare/imageSteps'
import { encodeText, textSettings, tokensOf } from '../../../../src-main/data/prepare/textSteps'
import { fitTable, tableGraph, tableSample } from '../../../core/pretransforms/fitTable'
import { alternatives, deadParams, plainGraph, type Values } from '../../../support/effects'

const sample = tableSample([
  { name: 'a', type: 'numeric', missing: 1 },
  { name: 'b', type: 'numeric' },
  { name: 'c', type: 'categorical', categories: ['x', 'y', 'z'] },
])
const rows = Float32Array.of(1, 5, 0, 2, 7, 1, NaN, 9, 2, 9, 3, 0, 2, 900, 1, 2, 8, 1)

/** Tables are filled at the end, so that no missing cell reaches the network. */
async function onTable(kind: string, values: Values) {
  const { preprocess } = await fitTable(
    [
      { ...values, kind },
      { kind: 'fill-missing', columns: ['a', 'b'] },
    ],
    sample,
    rows,
  )
  return [preprocess, plainGraph(tableGraph(sample, preprocess))]
}

const texts = ['Free free money now', 'call now, call me', 'money 你好']

function onTexts(kind: string, values: Values) {
  const settings = textSettings([{ ...values, kind }])
  const counts = new Map<string, number>()
  for (const text of texts) countTokens(counts, tokensOf(text, settings))
  const index = indexVocabulary(buildVocabulary(counts, settings.vocabulary))
  return texts.map((text) => [...encodeText(text, settings, index)])
}

function onImage(kind: string, values: Values) {
  const data = Uint8Array.from({ length: 3 * 6 * 9 }, (_, i) => (i * 37) % 256)
  const image = { width: 9, height: 6, channels: 3, data } as const
  const done = runImageSteps(image, [{ ...values, kind }])
  return [done.width, done.height, done.channels, [...done.data]]
}

function outcome(step: PreTransform, values: Values): unknown {
  switch (step.on) {
    case 'table':
      return onTable(step.kind, values)
    case 'text':
      return onTexts(step.kind, values)
    case 'image':
      return onImage(step.kind, values)
    case 'target': {
      const params = checkParams(step.params, values, step.kind, {}).values
      const fitted = step.fit(['t'], [describeNumbers(Float64Array.of(3, 5, 10, 400))], params)
      return [fitted, step.apply(5, 0, fitted)]
    }
  }
}

describe.each(preTransforms.filter((step: PreTransform) => step.idle !== undefined) as readonly PreTransform[])(
  'what $kind calls idle',
  (step) => {
    const bases = Object.entries(step.params).flatMap(([name, spec]) =>
      spec.type === 'choice' ? spec.options.map((option): Values => ({ [name]: option })) : [],
    )

    it.each(bases)('has no effect with %o', async (base) => {
      const { values } = checkParams(step.params, base, step.kind, {})
      for (const name of step.idle!(values))
        for (const value of alternatives(step.params[name]!, values[name])) {
          const [one, other] = [await outcome(step, values), await outcome(step, { ...values, [name]: value })]
          expect(other, name).toEqual(one)
        }
    })
  },
)

describe.each(preTransforms as readonly PreTransform[])('$kind', (step) => {
  it('has no parameter without effect', async () => {
    expect(await deadParams(step.params, (values) => outcome(step, values))).toEqual([])
  })
})
