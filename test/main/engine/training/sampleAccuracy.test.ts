/** The sample projects on tables and texts reach the accuracy promised in the README, on unseen samples. */
import { describe, expect, it } from 'vitest'
import { newRun, sampleProject, train } from './trainHere'

describe('an unmodified sample project', () => {
  it.each([
    ['spam', 'accuracy', 0.965],
    ['penguins', 'accuracy', 0.96],
    ['stocks', 'r2', 0.95],
    ['cars-mpg', 'r2', 0.82],
  ])('%s reaches %s %s', async (name, metric, least) => {
    const { finished } = await train(newRun(sampleProject(name)))
    expect(finished.validation![metric]).toBeGreaterThan(least)
  })
})
