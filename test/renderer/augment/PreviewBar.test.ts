/** The preview bar: sample and seed of the draws, or run and batch of a replay. */
// @vitest-environment happy-dom
import { describe, expect, it, onTestFinished } from 'vitest'
import { h, nextTick } from 'vue'
import PreviewBar from '../../../src-renderer/augment/PreviewBar.vue'
import { useAugmentPreview } from '../../../src-renderer/augment/previewStore'
import { useRuns } from '../../../src-renderer/stores/runStore'
import { eventually } from '../../support/eventually'
import {
  byTestId,
  choose,
  click,
  find,
  findAll,
  isOff,
  mountComponent,
  speak,
  textOf,
  textsOf,
  type,
} from '../support/mountComponent'
import { openProject } from '../support/openProject'
import { recordOf, startRunHost, trained } from '../support/runs'

function mountBar() {
  const { pinia, project } = openProject(trained)
  const preview = useAugmentPreview(pinia)
  mountComponent(() => h(PreviewBar), { pinia })
  return { pinia, project, preview }
}

const field = (id: string) => find<HTMLInputElement>(`[data-testid="${id}"] input`)
const mode = (index: number) => findAll('[data-testid="preview-mode"] [role="radio"]')[index]!

describe('random draws', () => {
  it('take the typed sample and seed', async () => {
    const { preview } = mountBar()
    await type(field('augment-sample'), '41')
    expect(field('augment-seed').value).toBe('0')
    await type(field('augment-seed'), '7')
    expect([preview.samples.chosen, preview.seed, preview.followsRun]).toEqual([41, 7, false])
    await type(field('augment-seed'), '-1')
    expect([preview.seed, field('augment-seed').getAttribute('aria-invalid')]).toEqual([7, 'true'])
  })

  it('get another seed with Reroll, shown in the field', async () => {
    const { preview } = mountBar()
    await click(byTestId('reroll'))
    expect(preview.seed).not.toBe(0)
    expect(field('augment-seed').value).toBe(String(preview.seed))
  })

  it('keep their seed across edits of the transforms only while locked', async () => {
    const { preview, project } = mountBar()
    const change = async (p: number) => {
      project.apply({ type: 'transforms.set', transforms: [{ kind: 'random-flip', p, enabled: true }] })
      await nextTick()
    }
    await change(0.25)
    expect([byTestId('seed-lock').getAttribute('aria-pressed'), preview.seed]).toEqual(['true', 0])
    await click(byTestId('seed-lock'))
    await change(0.75)
    expect(byTestId('seed-lock').getAttribute('aria-pressed')).toBe('false')
    expect(preview.seed).not.toBe(0)
  })
})

it('corners have no seed, and a replay has neither seed nor sample', async () => {
  const { preview } = mountBar()
  await click(mode(1))
  expect([
    preview.mode,
    findAll('[data-testid="augment-sample"]').length,
    findAll('[data-testid="reroll"]').length,
  ]).toEqual(['corners', 1, 0])
  await click(mode(2))
  expect([preview.mode, findAll('[data-testid="augment-sample"], [data-testid="replay-run"]').length]).toEqual([
    'replay',
    0,
  ])
})

describe('a replay', () => {
  async function mountReplay() {
    const host = startRunHost([recordOf('second'), recordOf('first')])
    const { pinia, preview } = mountBar()
    useRuns(pinia).attach(host.client)
    onTestFinished(preview.follow())
    await click(mode(2))
    await eventually(() => byTestId('replay-run'))
    preview.replay.batches = 3
    await eventually(() => expect(textOf(byTestId('replay-run'))).toBe('Run 2 · Digits'))
    return preview
  }

  it('starts at the first batch of the newest run, and another run can be chosen', async () => {
    const preview = await mountReplay()
    expect([
      byTestId('replay-run').dataset.run,
      isOff(byTestId('batch-previous')),
      textsOf('[data-testid="replay-count"]'),
    ]).toEqual(['second', true, ['of 3 batches']])
    await choose(byTestId('replay-run'), 'Run 1')
    expect([preview.replay.run, field('replay-batch').value]).toEqual(['first', '1'])
  })

  it('steps through batches across epochs, up to the last', async () => {
    const preview = await mountReplay()
    const at = () => [field('replay-epoch').value, field('replay-batch').value]
    for (let step = 0; step < 3; step++) await click(byTestId('batch-next'))
    expect(at()).toEqual(['2', '1'])
    await click(byTestId('batch-previous'))
    expect(at()).toEqual(['1', '3'])
    await type(field('replay-epoch'), '4')
    await type(field('replay-batch'), '4')
    expect(field('replay-batch').getAttribute('aria-invalid')).toBe('true')
    await type(field('replay-batch'), '3')
    expect([preview.replay.epoch, preview.replay.batch, isOff(byTestId('batch-next'))]).toEqual([4, 3, true])
  })
})

it('is shown in Chinese', async () => {
  await speak('zh-CN')
  mountBar()
  expect(textsOf('[data-testid="preview-mode"] [role="radio"]')).toEqual(['随机', '极端情形', '回放批次'])
  expect(textOf(byTestId('reroll'))).toBe('重抽')
})
