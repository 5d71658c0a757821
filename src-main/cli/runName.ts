/** Run folder names: they sort by time and name the project. */
import { basename, extname } from 'node:path'

/** `2026-11-23_19-46-02_mnist-cnn` for a project file, in local time. */
export function runName(projectFile: string, now = new Date()): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  const date = [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())].join('-')
  const time = [now.getHours(), now.getMinutes(), now.getSeconds()].map(two).join('-')
  const name = basename(projectFile, extname(projectFile)).replace(/[^\p{L}\p{N}_.-]+/gu, '-')
  return `${date}_${time}_${name}`
}
