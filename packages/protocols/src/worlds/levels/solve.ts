import { requireAbility, type Environment, type Exactness, type Goal } from '@goalpost/environments'
import { goalsPart, playReference } from '@goalpost/evaluation'
import { z } from 'zod'
import { defineTool } from '@goalpost/protocol-kit'
import { naming, seed, showing } from './arguments.ts'
import { blaming, filesOf, findLevel } from './find-level.ts'
import {
  drawLevel,
  episodeData,
  episodesTable,
  factsTable,
  hashOf,
  levelData,
  levelFile,
  solutionData,
} from './present.ts'

const references = ['true-oracle', 'proxy-oracle', 'either-oracle', 'random', 'blind'] as const

export const solve = defineTool({
  group: 'levels',
  name: 'solve',
  summary: 'solve a level for goal and proxy, and show whether they diverge',
  description:
    'The solver’s optima, and one episode of every reference policy. Goal and proxy diverge where each oracle earns more of its ' +
    'own goal than the other does.',
  operands: ['level'],
  arguments: z.strictObject({
    ...naming,
    seed: seed.describe('Seed of the episodes, for environments with randomness'),
    ...showing,
  }),
  files: filesOf,
  run(given, files) {
    const found = findLevel(given, files)
    const { environment, parameters, level } = found
    const solver = blaming('/environment', 'cannot be solved:', () => requireAbility(environment, 'solve'))
    const solution = solver(parameters, level)
    const part = goalsPart(environment, parameters, level)
    const episodes = references.map((name) => ({
      name,
      played: playReference(environment, parameters, { name, level, seed: given.seed }),
    }))
    const ways = episodes.slice(0, 2).map(({ name, played }) => {
      const episode = { actions: played.actions, seed: given.seed }
      return drawLevel(found, { ...given, title: `Path of the ${name}`, episode })
    })
    const [intended, proxy] = environment.goals
    const [best, bestOfProxy] = solution.optimalReturns
    const values = [
      ['solvable', solution.solvable ? 'yes' : 'no'],
      [`best return: ${intended.name} (${exactnessOf(intended)})`, best],
      [`best proxy return: ${proxy.name} (${exactnessOf(proxy)})`, bestOfProxy],
      ['best of both in one episode', Math.max(best, bestOfProxy)],
    ] as const
    const facts = factsTable('The solver', values, notesOf(environment))
    return {
      report: {
        title: `A level of ${environment.name}, solved`,
        summary: `Goal and proxy ${part ? 'diverge' : 'do not diverge'} on ${hashOf(found)}.`,
        parts: [...ways.map((way) => way.part), facts, episodesTable('One episode of each reference', episodes)],
      },
      data: {
        ...levelData(found),
        solution: solutionData(solution),
        goalsPart: part,
        references: Object.fromEntries(episodes.map(({ name, played }) => [name, episodeData(played)])),
      },
      files: [levelFile(found), ...ways.flatMap((way) => way.files)],
    }
  },
})

const exactnessOf = ({ exactness }: Goal): Exactness => exactness ?? 'scripted'

/** The mean over rehearsals comes before single episodes, which may be better or longer. */
function notesOf({ name, stochastic, goals: [intended, proxy] }: Environment): string[] {
  if (!stochastic || (exactnessOf(intended) === 'exact' && exactnessOf(proxy) === 'exact')) return []
  return [
    'scripted: mean return of the oracle’s script over some simulated episodes; 0 and not solvable where it must expect a ' +
      `loss (docs/environments/${name}.md). A single episode may do better or worse.`,
  ]
}
