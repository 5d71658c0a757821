/** Handlers of `inference`. */
import { inferenceForm } from '../../inference/inferenceForm'
import { predictWithRun } from '../../inference/predictWithRun'
import { procedures } from '../procedures'

const { inference } = procedures

export const inferenceHandlers = inference.router({
  form: inference.form.handler(({ context: { datasets, library }, input: { run } }) =>
    inferenceForm(datasets, library.path(run)),
  ),
  predict: inference.predict.handler(({ context, input: { run, input } }) =>
    predictWithRun(context, context.library.path(run), input),
  ),
})
