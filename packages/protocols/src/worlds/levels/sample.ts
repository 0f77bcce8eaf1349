import type { JsonObject, TablePart } from '@goalpost/contracts'
import type { Environment } from '@goalpost/environments'
import { createSuite, suiteText, type LevelSource, type SuiteFacts } from '@goalpost/evaluation'
import { z } from 'zod'
import { defineTool, ToolFault } from '@goalpost/protocol-kit'
import { environmentName, parameters, seed, showing } from './arguments.ts'
import { blaming, completeParameters } from './find-level.ts'
import { drawLevel, hashOf, levelData, levelFile, suiteMediaType } from './present.ts'
import { environmentOf } from '../environment-of.ts'

const sampling = z.strictObject({
  environment: environmentName.describe('Whose levels'),
  distribution: z
    .string()
    .optional()
    .describe('One of the environment’s distributions; default: the first, used in training'),
  alpha: z.number().min(0).max(1).optional().describe('Instead of a distribution: the training mixture at this α'),
  seed: seed.describe('Of the draws'),
  count: z.int().min(1).max(100).default(1).describe('How many'),
  parameters,
  ...showing,
})
type Sampling = z.infer<typeof sampling>

/** The first levels of a suite with this seed, as experiments draw it. */
export const sample = defineTool({
  group: 'levels',
  name: 'sample',
  summary: 'draw levels and store them under their hashes',
  description:
    'Draws levels of one distribution, or of the mixture that training draws from. They are the first levels of a suite with ' +
    'the same seed and parameters, and the suite is kept, too.',
  operands: ['environment'],
  arguments: sampling,
  run(given) {
    const environment = environmentOf(given.environment)
    const world = completeParameters(environment, given.parameters, null)
    const source = sourceOf(given, environment)
    const { levels, facts } = blaming('/distribution', 'cannot be drawn from:', () =>
      createSuite(environment, world, { source, levels: given.count, seed: given.seed }),
    )
    const found = levels.map((level) => ({ environment, parameters: world, level }))
    const drawn = found.map((each, index) => drawLevel(each, { ...given, title: `Level ${index}` }))
    const suite = { name: `${environment.name}-suite.json`, mediaType: suiteMediaType }
    return {
      report: {
        title: `Levels of ${environment.title}`,
        summary: `${given.count} drawn from ${'alpha' in source ? `the mixture at α = ${source.alpha}` : source.distribution} with seed ${given.seed}: the suite ${facts.hash}.`,
        parts: [...drawn.map(({ part }) => part), hashTable(environment, found.map(hashOf), facts)],
      },
      data: {
        suite: facts.hash,
        items: found.map((each, index) => ({ ...levelData(each), solution: solutionAt(facts, index) })),
      },
      files: [
        ...found.map(levelFile),
        { ...suite, text: suiteText(environment, world, levels) },
        ...drawn.flatMap(({ files }) => files),
      ],
    }
  },
})

function hashTable({ goals: [intended, proxy] }: Environment, hashes: readonly string[], facts: SuiteFacts): TablePart {
  const columns = ['', 'hash', 'best return', 'best proxy return'].map((title) => ({ title }))
  const rows = hashes.map((hash, index) => ({
    cells: [
      { text: String(index) },
      { text: hash },
      { estimate: { value: facts.optimalReturns[0][index] } },
      { estimate: { value: facts.optimalReturns[1][index] } },
    ],
    emphasis: false,
  }))
  const scripted = intended.exactness !== 'exact' || proxy.exactness !== 'exact'
  const notes = [
    `A return of 0: the goal cannot be reached within the step limit${scripted ? ', or the oracle’s script expects no gain' : ''}.`,
  ]
  return { type: 'table', title: 'Levels', columns, rows, notes }
}

function sourceOf({ alpha, distribution }: Sampling, { name, distributions }: Environment): LevelSource {
  if (alpha === undefined) return { distribution: distribution ?? distributions[0].name }
  if (distribution !== undefined)
    throw new ToolFault({
      pointer: '/alpha',
      message: 'cannot be combined with `distribution`',
      remedy: 'Leave one of them out',
    })
  // The mixture does not check this if a draw happens to use the first one.
  if (alpha > 0 && distributions.length === 1)
    throw new ToolFault({
      pointer: '/alpha',
      message: `mixes two distributions, but ${name} has one`,
      remedy: 'Leave it out',
    })
  return { alpha }
}

function solutionAt(facts: SuiteFacts, index: number): JsonObject {
  return {
    solvable: facts.solvable[index] === 1,
    optimalReturn: facts.optimalReturns[0][index],
    optimalProxyReturn: facts.optimalReturns[1][index],
    optimalEitherReturn: Math.max(facts.optimalReturns[0][index], facts.optimalReturns[1][index]),
  }
}
