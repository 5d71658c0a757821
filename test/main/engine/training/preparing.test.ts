/** Progress reports while the data of a run is prepared, and an immediate stop. */
import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { DataSource } from '#core/graph/dataSettings'
import type { StateEvent } from '#core/runs/events'
import { problemsOf, temporaryFolder } from '../../data/temporaryFolder'
import { freshFolder, sampleProject, train } from './trainHere'

/** A project on a table with that many rows and an uninformative column. */
async function longTable(rows: number) {
  const folder = await temporaryFolder()
  const lines = Array.from({ length: rows }, (_, i) => `${Math.sin(i)},${i % 7},1,${['yes', 'no', 'maybe'][i % 3]}`)
  await folder.write('long.csv', ['a,b,same,answer', ...lines].join('\n'))
  const source: DataSource = { kind: 'table', path: 'long.csv', label: 'answer', columns: [] }
  const base = sampleProject('penguins', { epochs: 1 })
  const data = { ...base.data, source, preprocess: [{ kind: 'standardize' }] }
  return { project: { ...base, data }, projectFolder: folder.path, out: freshFolder() }
}

describe('a run on data that takes a while to prepare', () => {
  it('reports the progress of the data, then that the network is being compiled, then the plan', async () => {
    const { events } = await train(await longTable(150_000))
    const start = events.findIndex(({ event }) => event === 'start')
    const states = events.slice(0, start).filter((event): event is StateEvent => event.event === 'state')
    expect(states[0]).toEqual({ event: 'state', state: 'preparing', phase: 'data' })
    expect(states.at(-1)).toEqual({ event: 'state', state: 'preparing', phase: 'network' })
    const read = states.flatMap(({ progress }) => (progress?.step === 'read' ? [progress.done] : []))
    expect(read.length).toBeGreaterThan(0)
    // A table is read twice: for its columns and for its rows.
    for (const done of read) expect(done).toBeLessThanOrEqual(150_000)
  })

  it('can be stopped in the middle and leaves no run behind', async () => {
    const job = await longTable(400_000)
    let asked = 0
    const problems = await problemsOf(
      train(job, (event, control) => {
        if (event.event !== 'state' || event.progress === undefined || asked > 0) return
        asked = performance.now()
        control.apply({ action: 'stop' })
      }),
    )
    expect(asked).toBeGreaterThan(0)
    expect(problems).toMatchObject([{ code: 'run-interrupted', message: 'Stopped before training began.' }])
    expect(existsSync(job.out)).toBe(false)
  })
})
