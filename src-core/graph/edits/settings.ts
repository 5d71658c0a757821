/** Edits outside the graph: name, task, data and training settings. */
import type { z } from 'zod'
import { ProblemError } from '../../problems/problem'
import type { RenameProject, SetData, SetTask, SetTraining, SetTransforms } from '../commands'
import { formProblems } from '../formProblems'
import { dataSchema } from '../dataSettings'
import { projectSchema, trainingSchema, type Project } from '../project'
import { transformsSchema } from '../transformSettings'

export function renameProject(project: Project, { name }: RenameProject): Project {
  return change(project, 'name', projectSchema.shape.name, name)
}

export function setTask(project: Project, { task }: SetTask): Project {
  return change(project, 'task', projectSchema.shape.task, task)
}

export function setTraining(project: Project, { settings }: SetTraining): Project {
  return change(project, 'training', trainingSchema, { ...project.training, ...settings })
}

export function setData(project: Project, { settings }: SetData): Project {
  return change(project, 'data', dataSchema, { ...project.data, ...settings })
}

export function setTransforms(project: Project, { transforms }: SetTransforms): Project {
  return change(project, 'transforms', transformsSchema, transforms)
}

/** Replaces one part of the project with `value` if that is valid; an equal value changes nothing. */
function change<K extends keyof Project>(
  project: Project,
  key: K,
  schema: z.ZodType<Project[K]>,
  value: unknown,
): Project {
  const form = schema.safeParse(value)
  if (!form.success) throw new ProblemError(formProblems(form.error.issues, { value: { [key]: value }, path: [key] }))
  return JSON.stringify(form.data) === JSON.stringify(project[key]) ? project : { ...project, [key]: form.data }
}
