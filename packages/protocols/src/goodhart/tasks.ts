import { sampleTask } from './plan.ts'

export const tasks = { sample: sampleTask }
