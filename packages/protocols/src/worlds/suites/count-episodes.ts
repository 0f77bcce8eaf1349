import type { SuiteWorld } from './world-inputs.ts'

export function countEpisodes(suites: readonly SuiteWorld[], episodesPerLevel: number): number {
  return suites.reduce((sum, { levels }) => sum + levels * episodesPerLevel, 0)
}
