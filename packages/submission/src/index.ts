export { engineFor } from './engine-for.ts'
export type { ChosenEngine, Planner } from './planner.ts'
export { expandResolved, invalidSpec, parseSpec, prepareExperiment, type Prepared } from './prepare-experiment.ts'
export { requireFiles } from './require-files.ts'
