/**
 * Shared by the specs of the panels: their documents, and opening one while checking that the browser does not
 * complain.
 */
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { ParamValue } from '#core/graph/choice'
import type { Project } from '#core/graph/project'
import { digitsProject, withBlock } from '../../../../core/compiler/networks'
import { graphOf } from '../../../../core/graph/projects'
import { sampleProject, type Look, type Stage, type StageHost } from './openStage'

export const cnn = sampleProject('mnist-cnn')

/** A sum of 32 channels and 16 channels. */
export const unequal = digitsProject(
  [
    'input',
    'conv1:conv2d < input',
    'conv2:conv2d < conv1',
    'add1 < a=conv2 b=conv1',
    'flatten < add1',
    'fc:linear < flatten',
    'output < fc',
  ],
  { conv2: { padding: 'same', outChannels: 32 } },
)

/** A block of a convolution and a ReLU, twice. */
export const blocked = withBlock(
  digitsProject(['input', 'block1:block < input', 'flatten < block1', 'fc:linear < flatten', 'output < fc']),
  'block1',
  graphOf('x:block-input', 'conv1:conv2d < x', 'relu1 < conv1', 'out:block-output < relu1'),
  2,
)

/** Opens a document, performs an action, and expects no complaints from the browser. */
export async function withStage(
  host: StageHost,
  project: Project,
  act: (stage: Stage) => Promise<void>,
  look?: Look,
): Promise<void> {
  const stage = await host.open(project, look)
  try {
    await act(stage)
    expect(stage.complaints).toEqual([])
  } finally {
    await stage.close()
  }
}

export const field = (page: Page, name: string): Locator => page.locator(`[data-testid="param-${name}"]`)

export const shapeOf = (page: Page, id: string): Promise<string | null> =>
  page.locator(`[data-testid="outline-${id}"]`).getAttribute('data-shape')

export async function params(stage: Stage, id: string): Promise<Readonly<Record<string, ParamValue>>> {
  return (await stage.project()).graph.nodes.find((node) => node.id === id)!.params
}

/** Test id of the focused element. */
export const focusedId = (page: Page): Promise<string | null | undefined> =>
  page.evaluate(() => document.activeElement?.getAttribute('data-testid'))
