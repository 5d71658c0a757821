/** The paths inside a data source, the only part that changes when a project is moved or shared. */
import type { DataSource } from './dataSettings'

/** The source with every path replaced by the result of `map`. */
export function mapSourcePaths(source: DataSource, map: (path: string) => string): DataSource {
  switch (source.kind) {
    case 'none':
    case 'builtin':
      return source
    case 'table':
    case 'image-folder':
    case 'image-list':
    case 'text-folder':
      return { ...source, path: map(source.path) }
    case 'idx':
      return {
        ...source,
        trainImages: map(source.trainImages),
        trainLabels: map(source.trainLabels),
        ...(source.testImages !== undefined && { testImages: map(source.testImages) }),
        ...(source.testLabels !== undefined && { testLabels: map(source.testLabels) }),
      }
    case 'arrays':
      return {
        ...source,
        samples: map(source.samples),
        labels: map(source.labels),
        ...(source.testSamples !== undefined && { testSamples: map(source.testSamples) }),
        ...(source.testLabels !== undefined && { testLabels: map(source.testLabels) }),
      }
  }
}

/** All paths of the source. */
export function sourcePaths(source: DataSource): string[] {
  const paths: string[] = []
  mapSourcePaths(source, (path) => {
    paths.push(path)
    return path
  })
  return paths
}
