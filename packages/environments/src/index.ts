export type * from './environment.ts'
export { referenceNames, stay } from './environment.ts'
export { sampleMixture, type LevelMixture } from './mixture.ts'
export { environments } from './registry.ts'
