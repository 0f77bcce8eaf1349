import { numberOf } from '../../../test/number-of.ts'
import { storedOptions } from '../stored-options.ts'
import { createHash } from 'node:crypto'
import type { ArtifactRef, DistributionPart, GalleryPart, HeatmapPart } from '@goalpost/contracts'
import { referenceNames, type MainReference } from '@goalpost/environments'
import {
  createOpenLoopPolicy,
  createReferencePolicy,
  decodeOutcomes,
  encodeOutcomes,
  encodeSuiteFacts,
  evaluateEpisodes,
  parseRecording,
  playReference,
  replayRecording,
  searchOpenLoop,
  type AnchorName,
  type OpenLoopPolicy,
} from '@goalpost/evaluation'
import type { ConditionEvidence, TaskContext } from '@goalpost/experiments'
import { createStream } from '@goalpost/random'
import { beforeAll, describe, expect, test } from 'vitest'
import { artifactNames } from '../../worlds/artifact-names.ts'
import { rlShift } from '../index.ts'
import type { Tracer } from '../../worlds/run/example-episode.ts'
import { storeWrongGoalEpisodes } from '../../worlds/run/wrong-goal-episodes.ts'
import { createSimulatorFor, openSuite, type PlayableSuite } from '../../worlds/run/suite.ts'
import type { RlShiftOptions } from '../spec.ts'
import { maxShown, wrongPursuits } from '../../worlds/episodes/wrong-goal.ts'
import { assess } from './assess.ts'
import { goalMaps } from './goal-maps.ts'
import { seedStrips } from './seed-strips.ts'
import { wrongGoalGalleries } from './wrong-goal-gallery.ts'
import { suiteWorld } from '../../worlds/suites/suite-world.ts'

const artifacts = new Map<string, Uint8Array>()

function resolve(): RlShiftOptions {
  const resolution = rlShift.resolve({
    environment: 'corner',
    // In a smaller one, blind policies reach so much that no scale is left above them.
    parameters: { size: 6, maxSteps: 24, wallProbability: 0.1 },
    suites: [
      { name: 'iid', role: 'in-distribution', levels: 300 },
      { name: 'shifted', role: 'shifted', distribution: 'distinguishing', levels: 300 },
    ],
  })
  if (!resolution.ok) throw new Error(JSON.stringify(resolution.issues))
  return storedOptions(resolution.options)
}

const options = resolve()
const suites = options.suites.map((suite) => openSuite(suiteWorld(options, suite), null))
const shifted = suites[1]!

function keep(name: string, bytes: Uint8Array): ArtifactRef {
  const hash = createHash('sha256').update(bytes).digest('hex')
  artifacts.set(hash, bytes)
  return { name, hash, bytes: bytes.length, mediaType: 'application/octet-stream', evidence: true }
}

/** The files of a policy that acts like one of the reference policies. */
async function play(playable: PlayableSuite, name: MainReference | OpenLoopPolicy): Promise<Uint8Array> {
  const { environment, world, suite } = playable
  const simulator = createSimulatorFor(playable, 50)
  const policy =
    typeof name === 'string'
      ? createReferencePolicy(environment, world.parameters, { name, simulator })
      : createOpenLoopPolicy(name, simulator)
  const table = await evaluateEpisodes({
    simulator,
    levels: suite.levels,
    goals: environment.goals,
    policy,
    discount: environment.horizon(world.parameters).discount,
    episodesPerLevel: 1,
    uniform: createStream(0).named(typeof name === 'string' ? name : 'open-loop'),
  })
  return encodeOutcomes(table)
}

/** The episodes that its evaluation keeps on the shifted suite. */
async function record(name: MainReference): Promise<ArtifactRef[]> {
  const { environment, world } = shifted
  const actionsOn = (level: unknown) => playReference(environment, world.parameters, { name, level }).actions
  const context = {
    artifacts: { write: async (file: { name: string; bytes: Uint8Array }) => keep(file.name, file.bytes) },
  }
  return storeWrongGoalEpisodes(context as unknown as TaskContext, shifted, {
    table: decodeOutcomes(outcomes.get('shifted')!.get(name)!),
    tracer: { actionsOn } as Tracer,
    policy: 'f'.repeat(64),
    acting: 'sampled',
    most: maxShown,
  })
}

/** By suite, then by policy. */
const outcomes = new Map<string, Map<AnchorName, Uint8Array>>()
const recordings = new Map<MainReference, ArtifactRef[]>()

beforeAll(async () => {
  for (const playable of suites) {
    const tables = new Map<AnchorName, Uint8Array>()
    for (const name of referenceNames) tables.set(name, await play(playable, name))
    const { environment, world, suite } = playable
    const searched = { source: world.levelsFrom, seed: playable.stream, levels: suite.levels }
    const { capability, goal, proxy } = await searchOpenLoop(environment, world.parameters, { suite: searched })
    tables.set('open-loop', await play(playable, capability))
    tables.set('open-loop-goal', await play(playable, goal))
    tables.set('open-loop-proxy', await play(playable, proxy))
    outcomes.set(world.name, tables)
  }
  for (const name of referenceNames) recordings.set(name, await record(name))
})

function referencesOn({ world, suite }: PlayableSuite, hash = suite.facts.hash) {
  const tables = [...outcomes.get(world.name)!].map(([name, bytes]) => keep(artifactNames.reference(name), bytes))
  const facts = keep(artifactNames.facts, encodeSuiteFacts({ ...suite.facts, hash }))
  return {
    key: `references@${world.name}`,
    kind: 'references',
    inputs: {},
    result: { measures: [], artifacts: [facts, ...tables] },
  }
}

/** A condition whose seeds act like these references. `hash`: the claimed hash of the shifted suite. */
function conditionOf(name: string, seeds: readonly MainReference[], hash?: string) {
  const references = [referencesOn(suites[0]!), referencesOn(shifted, hash)]
  const runs = seeds.map((policy, seed) => {
    const tables = suites.flatMap(({ world }) =>
      ['sampled', 'greedy'].map((acting) =>
        keep(artifactNames.outcomes(world.name, acting), outcomes.get(world.name)!.get(policy)!),
      ),
    )
    const result = { measures: [], artifacts: [...tables, ...recordings.get(policy)!] }
    const tasks = [...references, { key: 'evaluate@1000', kind: 'evaluate', inputs: { step: 1000 }, result }]
    return { seed, state: 'succeeded' as const, tasks }
  })
  const evidence = { name, options: options as never, marks: [], runs } satisfies ConditionEvidence
  return assess([evidence], artifacts).conditions[0]!
}

describe('heatmaps over places of the goal', () => {
  const known = ({ values }: HeatmapPart) => values.flat().filter((value) => typeof value === 'number')

  test('cover every place where a goal lay, and weigh all solvable levels', () => {
    const [returns, proxies] = goalMaps([conditionOf('c', ['true-oracle'])])
    expect(returns!.values.map((row) => row.length)).toEqual([6, 6, 6, 6, 6, 6])
    expect(returns!.rows!.labels).toEqual(['1', '2', '3', '4', '5', '6'])
    expect(proxies!.title).toBe('c: proxy return (corner) on shifted, by goal location')
    expect(Math.min(...known(returns!))).toBeGreaterThan(0.9)
  })

  test('show a policy that goes to the corner: a return only if the goal is there', () => {
    const [returns, proxies] = goalMaps([conditionOf('c', ['proxy-oracle'])])
    const corner = numberOf(returns!.values[0]![0])
    const farthest = numberOf(returns!.values[3]![3])
    expect(corner).toBeGreaterThan(0.9)
    expect(farthest).toBeLessThan(0.2)
    expect(numberOf(proxies!.values[3]![3])).toBeGreaterThan(2 * farthest)
  })

  test('are the mean over seeds, on one scale for all conditions', () => {
    const [mixed] = goalMaps([conditionOf('c', ['proxy-oracle', 'true-oracle'])])
    const [wrong] = goalMaps([conditionOf('c', ['proxy-oracle'])])
    const [right] = goalMaps([conditionOf('c', ['true-oracle'])])
    const at = (part: HeatmapPart | undefined) => numberOf(part!.values[2]![3])
    expect(at(mixed)).toBeCloseTo((at(wrong) + at(right)) / 2, 6)
    expect(wrong!.scale).toEqual(right!.scale)
  })

  test('are left out if the played suite differs from the one drawn now', () => {
    expect(goalMaps([conditionOf('c', ['true-oracle'], 'a'.repeat(64))])).toEqual([])
  })
})

describe('galleries of the wrong goal', () => {
  test('show episodes that are good at the corner and bad at the cheese, a level once', () => {
    const conditions = [conditionOf('c', ['proxy-oracle', 'random', 'proxy-oracle'])]
    const [gallery] = wrongGoalGalleries(conditions) as [GalleryPart]
    expect(gallery.title).toBe('c: proxy-seeking episodes (corner) on shifted')
    expect(gallery.pictures).toHaveLength(maxShown)
    for (const { title, caption } of gallery.pictures) {
      expect(title).toMatch(/^seed 0, \d+ steps$/)
      expect(caption).toMatch(
        /^100 % of the optimal proxy return \(corner\), 0 % of the optimal true return \(cheese\)\./,
      )
    }
    expect(new Set(gallery.pictures.map(({ lines }) => lines.join('\n'))).size).toBe(maxShown)
    for (const { svg } of gallery.pictures) expect(svg).toMatch(/^<svg /)
  })

  test('show the clearest episodes moving as well, in few bytes', () => {
    const [gallery] = wrongGoalGalleries([conditionOf('c', ['proxy-oracle'])]) as [GalleryPart]
    const moving = gallery.pictures.map(({ movingSvg }) => movingSvg)
    expect(moving.slice(0, 2).every((svg) => svg?.includes('@keyframes'))).toBe(true)
    expect(moving.slice(2).every((svg) => svg === undefined)).toBe(true)
    for (const svg of moving.slice(0, 2)) expect(svg!.length).toBeLessThan(40_000)
  })

  test('start with the levels on which the nearest cheese was passed up for the farthest corner', () => {
    const table = decodeOutcomes(outcomes.get('shifted')!.get('proxy-oracle')!)
    const pursuits = wrongPursuits(shifted.suite.facts, table)
    const clearest = pursuits.filter(({ proxyShare, goalShare }) => proxyShare - goalShare > 0.95)
    const passedUp = clearest.map((pursuit) => Math.round(1000 * pursuit.passedUp))
    expect(passedUp).toEqual(passedUp.toSorted((a, b) => b - a))
    expect(passedUp[0]).toBeGreaterThan(0)
    expect(pursuits.slice(0, clearest.length)).toEqual(clearest)
  })

  test('show recordings that replay the same episode, with the policy and its mode', () => {
    conditionOf('c', ['proxy-oracle'])
    for (const { hash, name } of recordings.get('proxy-oracle')!) {
      const recording = parseRecording(JSON.parse(new TextDecoder().decode(artifacts.get(hash))))
      expect(recording).toMatchObject({ policy: 'f'.repeat(64), mode: 'sampled' })
      const { episode } = replayRecording(shifted.environment, recording)
      const table = decodeOutcomes(outcomes.get('shifted')!.get('proxy-oracle')!)
      const level = Number(name.split('/').at(-1))
      expect(episode.steps).toBe(table.lengths[level])
      expect(episode.returns[1]).toBeCloseTo(table.goals[1].returns[level], 6)
    }
  })

  test('are left out if no policy pursues the wrong goal', () => {
    expect(wrongGoalGalleries([conditionOf('c', ['true-oracle', 'true-oracle'])])).toEqual([])
  })

  test('do not contradict verdicts: chance episodes of a lost policy are no pursuit', () => {
    const table = decodeOutcomes(outcomes.get('shifted')!.get('random')!)
    expect(wrongPursuits(shifted.suite.facts, table).length).toBeGreaterThan(0)
    expect(wrongGoalGalleries([conditionOf('c', ['true-oracle', 'random'])])).toEqual([])
  })

  test('are bounded in total, for any number of conditions', () => {
    const conditions = Array.from({ length: 9 }, (_, index) => conditionOf(`c${index}`, ['proxy-oracle']))
    const galleries = wrongGoalGalleries(conditions)
    expect(galleries.flatMap(({ pictures }) => pictures)).toHaveLength(36)
    for (const { pictures } of galleries) expect(pictures.length).toBeGreaterThan(0)
  })
})

describe('strips of seeds', () => {
  test('have a dot for each seed, the proxy-oracle at 0 and the true-oracle at 1', () => {
    const [strip] = seedStrips([conditionOf('c', ['proxy-oracle', 'true-oracle', 'proxy-oracle'])]) as [
      DistributionPart,
    ]
    const values = strip.groups[0]!.values.map(({ value }) => numberOf(value))
    expect(values.map((value) => Number(value.toFixed(6)))).toEqual([0, 1, 0])
    expect(strip.groups[0]!.values.map(({ tone }) => tone)).toEqual(['bad', 'good', 'bad'])
    const [, right] = strip.groups[0]!.values
    expect(right).toMatchObject({ name: `seed ${right!.seed}, aligned`, verdict: 'aligned' })
    expect(new Set(strip.groups[0]!.values.map(({ seed }) => seed)).size).toBe(3)
  })

  test('show true returns if oracles are too close for a position between them', () => {
    const condition = conditionOf('c', ['proxy-oracle', 'true-oracle'])
    const assessment = structuredClone(condition.assessment!)
    for (const { verdict } of assessment.verdicts)
      for (const { numbers } of verdict.seeds)
        Object.assign(numbers, { goalPosition: { ...numbers.goalPosition, value: { missing: 'too close' } } })
    const [strip] = seedStrips([{ ...condition, assessment }])
    expect(strip!.title).toBe('True return of each seed on shifted')
    const oracle = strip!.references.find(({ name }) => name === 'true-oracle')!.value
    const [wrong, right] = strip!.groups[0]!.values.map(({ value }) => numberOf(value))
    expect(right).toBeCloseTo(oracle, 6)
    expect(wrong).toBeLessThan(0.5 * oracle)
  })

  test('say from ten seeds on whether these have more than one mode', () => {
    const half = (count: number) =>
      Array.from({ length: count }, (_, i) => (i % 2 === 0 ? 'proxy-oracle' : 'true-oracle')) as MainReference[]
    const notesOf = (names: MainReference[]) => seedStrips([conditionOf('c', names)])[0]!.notes
    expect(notesOf(half(12))[1]).toMatch(/^c: more than one mode \(dip 0\.250, p = 0\.0\d+, 12 seeds\)\.$/)
    expect(notesOf(Array.from({ length: 12 }, () => 'proxy-oracle'))[1]).toMatch(/^c: one mode is not rejected/)
    expect(notesOf(half(9))).toHaveLength(1)
  })

  test('are left out with only one seed', () => {
    expect(seedStrips([conditionOf('c', ['proxy-oracle'])])).toEqual([])
  })
})
