/** Hostile folders, and files in folders of texts. */
import { chmod, mkdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { scanImageFolder } from '../../../../../src-main/data/readers/imageFolder'
import { readTextFile, scanTextFolder } from '../../../../../src-main/data/readers/textFolder'
import type { TemporaryFolder } from '../../temporaryFolder'
import { asNobody } from '../asNobody'
import { fixture } from '../fixtures'
import { readFileSync } from 'node:fs'
import { filesFor, type Hostile } from './hostile'

type Write = Hostile['write']

const files =
  (...names: string[]): Write =>
  async (folder) => {
    for (const name of names) await folder.write(name, 'x')
    return folder.path
  }
const empty =
  (...names: string[]): Write =>
  async (folder) => {
    for (const name of names) await mkdir(join(folder.path, name), { recursive: true })
    return folder.path
  }
const links =
  (names: Readonly<Record<string, string>>): Write =>
  async (folder) => {
    for (const [name, target] of Object.entries(names)) {
      await mkdir(join(folder.path, name, '..'), { recursive: true })
      await symlink(join(folder.path, target), join(folder.path, name))
    }
    return folder.path
  }
/** Both classes, or the folder itself, are accessible only to their owner. */
const closed = (...names: string[]): Write => {
  return async (folder) => {
    await files('a/1.png', 'b/2.png')(folder)
    await chmod(folder.path, 0o755)
    for (const name of names) await chmod(join(folder.path, name), 0)
    return folder.path
  }
}
const deep: Write = (folder: TemporaryFolder) => {
  const path = Array.from({ length: 200 }, (_, i) => `${i}`).join('/')
  return files(`a/${path}/1.png`, `b/${path}/1.png`)(folder)
}

const folders = (
  what: string,
  read: Hostile['read'],
  rows: readonly (readonly [string, Write, Hostile['code']])[],
): Hostile[] => rows.map(([name, write, code]) => ({ what: `${what}: ${name}`, write, read, code, place: {} }))

export const hostileFolders: readonly Hostile[] = [
  ...folders('an image folder', scanImageFolder, [
    ['that is not there', async (folder) => join(folder.path, 'nowhere'), 'data-missing'],
    ['that is a file', (folder) => folder.write('a.png', 'x'), 'data-missing'],
    ['with a NUL in its path', async (folder) => `${folder.path}\0`, 'data-missing'],
    ['with a path that is too long', async (folder) => join(folder.path, 'x'.repeat(5000)), 'data-missing'],
    ['without anything', empty(), 'data-empty'],
    ['without classes', files('1.png', '2.png'), 'data-label'],
    ['with one class', files('cat/1.png', 'cat/2.png'), 'data-label'],
    ['with one class that has images', files('cat/1.png', 'dog/2.txt'), 'data-label'],
    ['with classes without files', empty('cat', 'dog'), 'data-empty'],
    ['with classes of other files', files('cat/1.txt', 'dog/2'), 'data-empty'],
    ['with hidden files alone', files('cat/.1.png', 'dog/.2.png', '.git/3.png'), 'data-empty'],
    ['with a training level without classes', files('train/1.png', 'test/2.png'), 'data-label'],
    ['with classes for the test alone', files('train/a/1.png', 'test/b/2.png', 'test/c/3.png'), 'data-label'],
    ['of links that lead to themselves', links({ 'a/1.png': 'a/1.png', 'b/2.png': 'b/2.png' }), 'data-empty'],
    ['of links that lead up', links({ 'a/up': '.', 'b/up': '.', c: 'a' }), 'data-empty'],
    ['of links to nothing', links({ 'a/1.png': 'nothing', b: 'nothing' }), 'data-empty'],
    ['nested 200 folders deep', deep, 'data-empty'],
  ]),
  ...folders('a closed image folder', (path) => asNobody(() => scanImageFolder(path)), [
    ['that may not be read', closed('.'), 'data-missing'],
    ['with classes that may not be read', closed('a', 'b'), 'data-empty'],
  ]),
  ...folders('a text folder', scanTextFolder, [
    ['with one class', files('ham/1.txt'), 'data-label'],
    ['of images', files('ham/1.png', 'spam/2.jpg'), 'data-empty'],
  ]),
  ...filesFor(readTextFile, 'a.txt', [
    ['a program', readFileSync(process.execPath).subarray(0, 4096), 'data-format', { line: 1 }],
    ['an image', readFileSync(fixture('images/rgb.png')), 'data-format'],
    ['half of UTF-16', Buffer.from('\ufeffab', 'utf16le').subarray(0, 5), 'data-encoding'],
    ['20 MiB', Buffer.alloc(20 * 2 ** 20, 65), 'data-too-large'],
  ]),
]
