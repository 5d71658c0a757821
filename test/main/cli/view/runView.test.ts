/** A printed run: the same events on a wide terminal, a narrow one and without a terminal. */
import { describe, expect, it } from 'vitest'
import type { EpochEvent, PlanEvent, RunEvent, StepEvent } from '#core/runs/events'
import type { Terminal } from '../../../../src-main/cli/terminal'
import { drawCurve } from '../../../../src-main/cli/view/curve'
import { createLossHistory } from '../../../../src-main/cli/view/lossHistory'
import { formatProgress } from '../../../../src-main/cli/view/progressBar'
import { createRunView } from '../../../../src-main/cli/view/runView'
import { cellWidth } from '../../../../src-main/cli/view/text'

const plan: PlanEvent = {
  event: 'start',
  run: '/elsewhere/run',
  name: 'MNIST',
  device: 'cpu',
  threads: 2,
  epochs: 2,
  batchSize: 64,
  stepsPerEpoch: 1000,
  samples: { train: 54000, validation: 6000, test: 10000 },
  parameters: 206922,
  seed: 0,
  loss: 'cross-entropy',
  optimizer: { kind: 'sgd', momentum: 0.9 },
  learningRate: 0.01,
  schedule: { kind: 'constant' },
  metrics: ['accuracy'],
}
const step: StepEvent = {
  event: 'step',
  epoch: 2,
  step: 1500,
  loss: 0.05,
  train: { loss: 0.0612, accuracy: 0.9811 },
  losses: [0.06, 0.05],
  learningRate: 0.01,
  samplesPerSecond: 17532.4,
  secondsLeft: 8.2,
  memory: 1e8,
}
const epoch: EpochEvent = {
  event: 'epoch',
  epoch: 1,
  step: 1000,
  train: { loss: 0.2, accuracy: 0.94 },
  validation: { loss: 0.1, accuracy: 0.97 },
  learningRate: 0.01,
  seconds: 3.1,
  best: true,
}
/** The losses of steps `from` to `to` of a typical run. */
function falling(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => 2.2 * Math.exp(-(from + i) / 300) + 0.1)
}
const events: RunEvent[] = [
  plan,
  { ...step, epoch: 1, step: 500, losses: falling(0, 500) },
  { ...step, epoch: 1, step: 1000, losses: falling(500, 1000) },
  epoch,
  { ...step, losses: falling(1000, 1500) },
  { ...step, step: 2000, losses: falling(1500, 2000) },
  { ...epoch, epoch: 2, step: 2000, validation: { loss: 0.12, accuracy: 0.96 }, best: false },
  {
    event: 'finished',
    run: '/elsewhere/run',
    reason: 'completed',
    bestEpoch: 1,
    epochs: 2,
    seconds: 7,
    test: { loss: 0.11, accuracy: 0.968 },
    validation: { loss: 0.1, accuracy: 0.97 },
    model: '/elsewhere/run/model.onnx',
  },
]

function recorder(columns: number, interactive: boolean): { terminal: Terminal; text: () => string } {
  let text = ''
  const write = (more: string) => void (text += more)
  const paint = (_style: unknown, plain: string) => plain
  return {
    terminal: {
      columns,
      interactive,
      errorInteractive: interactive,
      paint,
      errorPaint: paint,
      write,
      writeError: write,
    },
    text: () => text,
  }
}

describe('the progress line', () => {
  it('shows epoch, bar, steps, figures, speed and time left', () => {
    const line = formatProgress(step, plan, recorder(100, true).terminal)
    expect(line).toBe(
      'Epoch 2/2  ━━━━━━━━───────    500/1,000  loss 0.0612  accuracy 0.9811  17,532 samples/s  8.2 s left',
    )
  })

  it.each([100, 80, 60, 40, 25, 12])('fits a terminal of %i columns without wrapping', (columns) => {
    const line = formatProgress(step, plan, recorder(columns, true).terminal)
    expect(cellWidth(line)).toBeLessThan(columns)
    expect(line).toContain('Epoch 2/2')
  })
})

describe('a run without a terminal', () => {
  it('reports how many training samples the best weights were measured on', () => {
    const { terminal, text } = recorder(100, false)
    const view = createRunView(terminal, { suggest: () => [] })
    const measured = { ...epoch, trainingSet: { loss: 0.09, accuracy: 0.98 } }
    for (const event of events) view(event === epoch ? measured : event)
    expect(text()).toMatch(/\n {2}training +loss 0\.0900.* \(on 2,000 samples\)\n/)
  })

  it('prints plain lines: settings, one line per epoch, the curve, the results and the next steps', () => {
    const { terminal, text } = recorder(100, false)
    const view = createRunView(terminal, { suggest: () => [{ command: 'layerloom evaluate run', doc: 'again' }] })
    events.forEach(view)
    expect(text()).not.toContain('\u001B')
    expect(text()).not.toContain('\r')
    expect(text()).toMatchInlineSnapshot(`
      "MNIST

        data           54,000 training · 6,000 validation · 10,000 test samples
        parameters     206,922
        loss           cross-entropy
        optimizer      sgd · momentum 0.9
        learning rate  0.01 · constant
        batch size     64 · 1,000 steps per epoch
        epochs         2
        seed           0
        device         cpu · 2 threads
        run            /elsewhere/run

              training mean    validation
        epoch     loss accuracy     loss accuracy        time
          1/2   0.2000   0.9400   0.1000   0.9700       3.1 s  ◆ best
          2/2   0.2000   0.9400   0.1200   0.9600       3.1 s

        Loss (logarithmic)   ─ training   ● validation, ◆ best
        2.1868 ┤─╮
        1.4871 ┤ ╰───╮
        1.0112 ┤     ╰───╮
        0.6877 ┤         ╰───╮
        0.4676 ┤             ╰───╮
        0.3180 ┤                 ╰────╮
        0.2162 ┤                      ╰──────╮
        0.1471 ┤                             ╰───────────╮
        0.1000 ┤                             ◆           ╰────────────────●
                epoch 1 …                                                 2

      Finished: 2 of 2 epochs in 7.0 s.

        validation  loss 0.1000 · accuracy 0.9700 (best, epoch 1)
        test        loss 0.1100 · accuracy 0.9680
        run         /elsewhere/run
        model       /elsewhere/run/model.onnx

      Next
        # again
        layerloom evaluate run
      "
    `)
  })
})

describe('a run in a terminal', () => {
  it('redraws one line and removes it before anything else is printed', () => {
    const { terminal, text } = recorder(100, true)
    const view = createRunView(terminal, { suggest: () => [] })
    events.slice(0, 4).forEach(view)
    expect(text()).toMatch(/\rEpoch 1\/2 [^\n]*\u001B\[K\r\u001B\[K *training/)
  })
})

describe('the curve', () => {
  const paint = (_style: unknown, text: string) => text

  it('has the largest loss at the top, the smallest at the bottom, and a point for every epoch', () => {
    const picture = drawCurve(
      {
        training: Array.from({ length: 40 }, (_, i) => 2 * 0.9 ** i),
        validation: [
          { at: 0.5, loss: 0.3, best: false },
          { at: 1, loss: 0.1, best: true },
        ],
        epochs: [1, 2],
        width: 40,
      },
      paint,
    )
    expect(picture[1]).toMatch(/^ {2}2\.0000 ┤/)
    expect(picture.at(-2)).toMatch(/^ {2}0\.0328 ┤/)
    expect(picture.filter((line, i) => i > 0 && line.includes('●'))).toHaveLength(1)
    expect(picture.filter((line, i) => i > 0 && line.includes('◆'))).toHaveLength(1)
  })

  it('is omitted if there is nothing to draw', () => {
    expect(drawCurve({ training: [0.5], validation: [], epochs: [1, 1], width: 40 }, paint)).toEqual([])
    expect(drawCurve({ training: [0.5, NaN], validation: [], epochs: [1, 1], width: 40 }, paint)).toEqual([])
    expect(drawCurve({ training: [0.5, 0.5], validation: [], epochs: [1, 1], width: 40 }, paint)).toEqual([])
  })

  it('is drawn from means over equal intervals, for runs of any length', () => {
    const history = createLossHistory()
    for (let i = 0; i < 20_000; i++) history.add([i])
    expect(history.count).toBe(20_000)
    const parts = history.resample(10)
    expect(parts).toHaveLength(10)
    parts.forEach((mean, part) => expect(mean).toBeCloseTo(2000 * part + 999.5, -2))
  })
})
