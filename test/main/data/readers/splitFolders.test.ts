/** Folders that are splits rather than classes: by their names in any spelling, and by their content. */
import { describe, expect, it } from 'vitest'
import { proposeData } from '../../../../src-main/data/propose/proposeData'
import { isUnlabeled, splitOfName } from '../../../../src-main/data/readers/splitFolders'
import { scanImageFolder } from '../../../../src-main/data/readers/imageFolder'
import { temporaryFolder } from '../temporaryFolder'

async function folderOf(...paths: readonly string[]): Promise<string> {
  const folder = await temporaryFolder()
  for (const path of paths) await folder.write(path, 'x')
  return folder.path
}

/** Two classes with one file each in every one of these folders. */
const below = (...folders: readonly string[]) =>
  folders.flatMap((folder) => [`${folder}/cats/1.png`, `${folder}/dogs/2.png`])

describe('a folder name', () => {
  it.each([
    [
      'train',
      [
        'train',
        'Training',
        'TRAIN_SET',
        'training_set',
        'trainset',
        'train2017',
        'imagesTrain',
        'chest_xray_train',
        'trn',
      ],
    ],
    [
      'validation',
      ['val', 'valid', 'Validation', 'dev', 'eval', 'val_images', 'fruit-dev', 'evaluation set', 'ValidationData'],
    ],
    ['test', ['test', 'Testing', 'test_set', 'seg_test', 'test-images', 'TestData', '测试集']],
    [undefined, ['trains', 'latest', 'contest', 'cats', 'valley', 'device', 'train_test', '']],
  ])('means %s', (split, names) => {
    for (const name of names) expect([name, splitOfName(name)]).toEqual([name, split])
  })

  it('means that the files have no labels', () => {
    for (const name of ['unlabelled', 'Unlabeled', 'test_unlabeled', 'unsup', 'no labels'])
      expect(isUnlabeled(name)).toBe(true)
    for (const name of ['label', 'sup', 'unknown', 'cats']) expect(isUnlabeled(name)).toBe(false)
  })
})

describe('a folder of splits', () => {
  const found = async (...paths: readonly string[]) => {
    const { classes, splits, notes } = await scanImageFolder(await folderOf(...paths))
    return { classes, splits, cases: notes.map(({ data }) => data?.['case']) }
  }
  const twoOf = (train: number, validation: number, test: number) => ({
    classes: ['cats', 'dogs'],
    splits: { train, validation, test },
    cases: [],
  })

  it('may have duplicate levels', async () => {
    expect(await found(...below('training_set/training_set', 'test_set/test_set'))).toEqual(twoOf(2, 0, 2))
    expect(await found(...below('data/photos/Train/images', 'data/photos/Dev'))).toEqual(twoOf(2, 2, 0))
  })

  it('may use other words in its names', async () => {
    expect(await found(...below('seg_train', 'seg_test', 'seg_val'))).toEqual(twoOf(2, 2, 2))
    expect(await found(...below('Pets-Training', 'Pets-Eval'))).toEqual(twoOf(2, 2, 0))
  })

  it('uses the folder next to a test set for training, based on the classes in both', async () => {
    expect(await found(...below('pictures', 'test'))).toEqual(twoOf(2, 0, 2))
  })

  it('leaves out folders whose names say that they have no labels', async () => {
    const files = [...below('train', 'test'), 'unlabelled/cats/9.png', 'train/unsup/9.png']
    const { files: kept, skipped, classes } = await scanImageFolder(await folderOf(...files))
    expect(classes).toEqual(['cats', 'dogs'])
    expect(kept).toHaveLength(4)
    expect(skipped).toEqual([
      { file: 'unlabelled', reason: 'its name says that it has no labels' },
      { file: 'train/unsup', reason: 'its name says that it has no labels' },
    ])
  })

  it('uses numbered folders with the same classes in each as parts of the data, with a note', async () => {
    expect(await found(...below('fold1', 'fold2', 'fold3'))).toEqual({ ...twoOf(6, 0, 0), cases: ['folders-parts'] })
  })

  it('requires a decision if folders named like classes contain folders of the same names', async () => {
    const { classes, splits, cases } = await found(...below('robin', 'owl'))
    expect({ classes, splits, cases }).toEqual({
      classes: ['owl', 'robin'],
      splits: undefined,
      cases: ['folders-classes'],
    })
  })

  it("keeps a class's name if it contains files: a train is a vehicle", async () => {
    expect((await found('train/1.png', 'car/2.png', 'test/3.png')).classes).toEqual(['car', 'test', 'train'])
    expect((await found('cats/a/1.png', 'cats/b/2.png', 'dogs/c/3.png')).classes).toEqual(['cats', 'dogs'])
  })
})

describe("the user's roles for the folders", () => {
  it('take precedence over detection, and are shown before the import', async () => {
    const path = await folderOf(...below('robin', 'owl'))
    const asked = await proposeData(path)
    expect(asked.folders).toEqual([
      { name: 'owl', role: 'train' },
      { name: 'robin', role: 'train' },
    ])
    const folders = { owl: 'test', robin: 'train' } as const
    const said = await proposeData(path, { kind: 'image-folder', path, folders })
    expect(said.source).toEqual({ kind: 'image-folder', path, folders })
    expect(said).toMatchObject({
      splits: { train: 2, validation: 0, test: 2 },
      folders: [{ role: 'test' }, { role: 'train' }],
    })
    expect(said.classes).toEqual([
      { name: 'cats', count: 2 },
      { name: 'dogs', count: 2 },
    ])
    const classes = await proposeData(path, { kind: 'image-folder', path, folders: {} })
    expect(classes).toMatchObject({ splits: null, classes: [{ name: 'owl' }, { name: 'robin' }] })
  })
})
