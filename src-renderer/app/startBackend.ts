/** The start screen's view of the host: templates with their pictures, recent files, unsaved work, and opening each of them. */
import { analyze } from '#core/compiler/analyze'
import type { Project } from '#core/graph/project'
import type { FileId } from '#core/rpc/contract/file'
import type { Template as HostTemplate } from '#core/rpc/contract/project'
import { unfinishedOf } from '#core/runs/runsOf'
import { concrete } from '#core/tensor/shape'
import type { PictureBar, StartBackend, TemplateEntry, TemplateArea } from '../start/useStartBackend'
import { glyphOf } from '../editor/palette/layerGroups'
import { hostClient } from '../host/hostConnection'
import {
  createEmpty,
  createFromTemplate,
  openChosenFile,
  openDroppedFile,
  openProjectFile,
  openRunAsProject,
  recover,
} from '../project/projectFiles'
import { templateTexts } from '../project/templateTexts'

/** The datasets bundled with the app: what they are, and the shape of one prepared sample for pictures and sizes. */
const sources: Readonly<Record<string, { readonly area: TemplateArea; readonly shape: readonly number[] }>> = {
  mnist: { area: 'images', shape: [1, 28, 28] },
  penguins: { area: 'tables', shape: [9] },
  cars: { area: 'tables', shape: [9] },
  spam: { area: 'text', shape: [200] },
  stocks: { area: 'series', shape: [10] },
}

async function listTemplates(): Promise<TemplateEntry[]> {
  const { project } = await hostClient()
  const templates = await project.templates()
  const cards = await Promise.all(
    templates.map(async (template) => {
      const { project: read } = await project.fromTemplate({ template: template.template })
      return read === null ? [] : [cardOf(template, read)]
    }),
  )
  return cards.flat().sort((a, b) => Number(b.recommended ?? false) - Number(a.recommended ?? false))
}

function cardOf({ template, name, source }: HostTemplate, project: Project): TemplateEntry {
  const known = sources[source]
  const report = analyze(project, known?.shape)
  const texts = templateTexts[template]
  return {
    name: template,
    title: texts?.title ?? { en: name, zh: name },
    summary: texts?.summary ?? { en: '', zh: '' },
    area: known?.area ?? 'tables',
    picture: report.layers.map(({ kind, shape }) => barOf(kind, shape ?? [])),
    parameters: report.totals.parameters,
    expected: texts?.expected ?? null,
    ...(texts?.trainingSeconds !== undefined && { trainingSeconds: texts.trainingSeconds }),
    ...(texts?.recommended && { recommended: true }),
  }
}

/** Height for the spatial size or the number of features, width for the channels. */
function barOf(kind: string, shape: readonly (number | 'N')[]): PictureBar {
  const [features = 1, rows] = shape.slice(1).map(concrete)
  const size = rows === undefined ? 14 + 8 * Math.log2(1 + features / 4) : 16 + 1.45 * rows
  const width = rows === undefined ? 5 : 2.5 + Math.sqrt(features) * 2
  return { category: glyphOf(kind) ?? 'shape', height: Math.min(64, size), width: Math.min(16, width) }
}

export const startBackend: StartBackend = {
  listTemplates,
  async listRecentFiles() {
    const recent = await (await hostClient()).project.recent()
    return recent.map(({ file, openedAt, exists }) => ({
      id: file.id,
      name: file.name,
      folder: file.folder,
      openedAt: Date.parse(openedAt),
      missing: !exists,
    }))
  },
  async listRecoverable() {
    const found = await (await hostClient()).project.recoverable()
    return found.map(({ document, name, savedAt }) => ({ id: document, name, savedAt: Date.parse(savedAt) }))
  },
  async listUnfinished() {
    const { runs } = await (await hostClient()).run.list()
    return unfinishedOf(runs).map(({ run, name, startedAt, unfinished }) => ({
      id: run,
      name,
      share: unfinished.share,
      startedAt: Date.parse(startedAt),
    }))
  },
  async continueRun(id) {
    if (!(await openRunAsProject(id))) return false
    await (await hostClient()).run.continue({ run: id })
    return true
  },
  createFromTemplate,
  createEmpty,
  chooseFile: openChosenFile,
  openRecentFile: (id) => openProjectFile(id as FileId),
  async forgetRecentFile(id) {
    await (await hostClient()).project.forget({ file: id })
  },
  recover,
  async discardRecoverable(id) {
    await (await hostClient()).project.discard({ document: id })
  },
  openDroppedFile,
}
