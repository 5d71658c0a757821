/** The sample projects shipped with the app, as templates for new ones. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fail } from '#core/problems/problem'
import type { Template } from '#core/rpc/contract/project'
import { readProject, type LoadedProject } from './readProject'

export class Templates {
  /** @param folder with .loom files */
  constructor(private readonly folder: string) {}

  async list(): Promise<Template[]> {
    const names = (await readdir(this.folder).catch(() => [])).filter((name) => name.endsWith('.loom')).sort()
    const templates = await Promise.all(
      names.map(async (name) => {
        const { project } = await this.read(name.slice(0, -'.loom'.length))
        return project === null ? [] : [summarise(name.slice(0, -'.loom'.length), project)]
      }),
    )
    return templates.flat()
  }

  /** @throws ProblemError `project-missing` */
  async read(template: string): Promise<LoadedProject> {
    const file = join(this.folder, `${template}.loom`)
    const text = await readFile(file, 'utf8').catch(() => fail('project-missing', 'template', { template }, { file }))
    return readProject(text, file)
  }
}

function summarise(template: string, project: NonNullable<LoadedProject['project']>): Template {
  const { source } = project.data
  return {
    template,
    name: project.name,
    task: project.task,
    source: source.kind === 'builtin' ? source.name : source.kind,
    layers: project.graph.nodes.length,
  }
}
