export type * from './environment.ts'
export { referenceNames } from './environment.ts'
