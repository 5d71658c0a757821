/** What can be wrong with a folder of classes, as problems. */
import { join } from 'node:path'
import { counted } from '#core/base/counted'
import { fail, type Problem } from '#core/problems/problem'
import type { ClassFolder, LevelFolder } from './classFolder'

export function noteDoubt(root: string, level: readonly LevelFolder[], doubt: 'parts' | 'classes'): Problem {
  const names = level.filter(({ role }) => role !== 'ignored').map(({ name }) => name)
  const shown = names.slice(0, 5).join(', ')
  return {
    code: 'data-split',
    severity: 'warning',
    place: { file: root, param: 'data.source.folders' },
    message:
      doubt === 'parts'
        ? `Folders of the same names lie in ${shown}, so these are taken for parts of the data and not for classes.`
        : `Folders of the same names lie in ${shown}: these are taken for the classes, but may be parts of the data.`,
    expected: 'folders that are named after classes, or after splits',
    received: shown,
    fix: 'Say what each folder is for when you import it, or under data.source.folders; {} makes all of them classes.',
    data: { case: doubt === 'parts' ? 'folders-parts' : 'folders-classes', folders: shown },
  }
}

export function noteEmpty(root: string, name: string, what: string): Problem {
  return {
    code: 'data-empty',
    severity: 'warning',
    place: { file: join(root, name) },
    message: `The class folder ${name} holds no ${what} and was left out.`,
    expected: what,
    received: 'none',
    fix: 'Nothing; remove the folder to silence this.',
  }
}

export function noteUnseen(file: string, name: string, split: string, count: number, what: string): Problem {
  return {
    code: 'data-label',
    severity: 'warning',
    place: { file },
    message: `The class ${name} is in the ${split} folder but not in the training folder; its files were left out.`,
    expected: 'classes that training sees',
    received: `${count} ${what} of ${name}`,
    fix: 'Add files of the class for training, or rename the folder.',
    data: { count },
  }
}

/** Files that are no samples by their names, or by where they lie; hidden ones are meant to be none. */
export function notesOfLeftOut({ path, skipped, skippedCount }: ClassFolder): Problem[] {
  const [first] = skipped.filter(({ reason }) => reason !== 'hidden')
  if (!first) return []
  const left = `${counted(skippedCount, 'file')} ${skippedCount === 1 ? 'is' : 'are'} left out`
  return [
    {
      code: 'data-format',
      severity: 'warning',
      place: { file: join(path, first.file) },
      message: `${left}${skipped.length === 1 ? '' : '. The first'}: ${first.reason}.`,
      fix: 'Nothing needs to be done if they are not meant to be samples.',
      data: { case: 'left-out', count: skippedCount },
    },
  ]
}

export function failNoFolder(file: string): never {
  return fail({
    code: 'data-missing',
    place: { file },
    message: 'This is not a folder.',
    expected: 'a folder with one folder a class',
    received: 'a file',
    fix: 'Give the folder itself.',
  })
}

export function failNoClasses(file: string, what: string, received: string): never {
  return fail({
    code: 'data-label',
    place: { file },
    message: 'There are no class folders.',
    expected: `one folder a class with its ${what} in it, below train, validation and test or not`,
    received,
    fix: 'Put the files of each class into a folder with its name.',
    data: { case: 'no-classes' },
  })
}

export function failNoFiles(file: string, what: string, received: string): never {
  return fail({
    code: 'data-empty',
    place: { file },
    message: `There are no ${what} in the folder.`,
    expected: `one folder a class with its ${what} in it`,
    received,
    fix: 'Check that it is the right folder.',
  })
}

export function failOneClass(file: string, name: string): never {
  return fail({
    code: 'data-label',
    place: { file },
    message: 'There is only one class.',
    expected: 'at least two class folders with files for training',
    received: `only ${name}`,
    fix: 'Give the folder above, or add a folder for another class.',
    data: { case: 'one-class' },
  })
}

export function failTooMany(file: string, what: string, limit: number): never {
  return fail({
    code: 'data-too-large',
    place: { file },
    message: `The folder holds too many ${what}.`,
    expected: `at most ${limit} ${what}`,
    received: 'more',
    fix: 'Check that it is the right folder, or split it.',
  })
}

/** Why a file or folder cannot be read, in a few words. */
export function reasonOf(error: unknown): string {
  const { code = '' } = error as NodeJS.ErrnoException
  const known: Record<string, string> = {
    EACCES: 'no permission to read it',
    EPERM: 'no permission to read it',
    ENOENT: 'a link to nothing',
    ELOOP: 'a link that leads to itself',
    ENAMETOOLONG: 'a path that is too long',
  }
  return known[code] ?? (code || 'it cannot be read')
}
