import type { SeriesPart, TablePart } from '@goalpost/contracts'
import type { PlacedValue } from '@goalpost/evaluation'
import { artifactNames } from '../../worlds/artifact-names.ts'
import { environmentOf } from '../../worlds/environment-of.ts'
import { decodeCritic } from '../critic-values.ts'
import { overSeeds } from './curves.ts'
import { emptyCell, textCell } from './estimates.ts'
import { finalEvaluation } from './read-evidence.ts'
import type { GatheredCondition } from './gather.ts'

/** A seed's value at a place counts if it was there in at least this many episodes. */
const fewestEpisodes = 20

/** One seed's critic, at the places that count, in the order of the axis. */
type Critic = readonly PlacedValue[]
type Watched = { readonly name: string; readonly axis: string; readonly critics: readonly Critic[] }

/** What the critics expect along the way of the agents: a curve and its peak for each suite on which they were watched. */
export function criticParts(conditions: readonly GatheredCondition[]): (SeriesPart | TablePart)[] {
  const names = [...new Set(conditions.flatMap(({ options }) => options.suites.map(({ name }) => name)))]
  return names.flatMap((suite) => {
    const watched = conditions.flatMap((condition) => criticsOn(condition, suite))
    return watched.length === 0 ? [] : [curvesOf(suite, watched), peaksOf(suite, watched)]
  })
}

function criticsOn({ evidence, options, files }: GatheredCondition, suite: string): Watched[] {
  const axis = environmentOf(options.environment).way?.axis
  const critics = evidence.runs
    .map((run) => files.bytes(finalEvaluation(run), artifactNames.critic(suite)))
    .filter((bytes) => bytes !== null)
    .map((bytes) => decodeCritic(bytes).filter(({ episodes }) => episodes >= fewestEpisodes))
    .filter((critic) => critic.length > 0)
  return axis === undefined || critics.length === 0 ? [] : [{ name: evidence.name, axis, critics }]
}

function curvesOf(suite: string, watched: readonly Watched[]): SeriesPart {
  return {
    type: 'series',
    title: `The critic along the way, on ${suite}`,
    x: { title: watched[0].axis, scale: 'linear' },
    y: { title: 'value', scale: 'linear' },
    lines: watched.map(({ name, critics }) => ({ name, style: 'solid', points: meanCurve(critics) })),
    references: [],
    caption: 'Mean over seeds of the value at the first decision at each place. Bands: 95 % intervals over seeds.',
  }
}

/** Only places that count for every seed: else the mean would jump where seeds drop out. */
function meanCurve(critics: readonly Critic[]): SeriesPart['lines'][number]['points'] {
  return critics[0].flatMap(({ place: x }) => {
    const values = critics.flatMap((critic) => critic.find(({ place }) => place === x)?.value ?? [])
    return values.length < critics.length ? [] : [{ x, y: overSeeds(values) }]
  })
}

function peaksOf(suite: string, watched: readonly Watched[]): TablePart {
  return {
    type: 'table',
    title: `Where the critic peaks, on ${suite}`,
    columns: [
      { title: 'condition' },
      { title: watched[0].axis, help: 'Where the critic’s value is largest, by seed' },
      { title: 'value there' },
      { title: 'value at the last place', help: 'The farthest place where the agent came in enough episodes' },
    ],
    rows: watched.map(({ name, critics }) => {
      const peaks = critics.map(peakOf)
      const columns = [
        peaks.map(({ place }) => place),
        peaks.map(({ value }) => value),
        critics.flatMap((critic) => critic.at(-1)?.value ?? []),
      ]
      const cells = columns.map((values) => (values.length === 0 ? emptyCell : { estimate: overSeeds(values) }))
      return { cells: [textCell(name), ...cells], emphasis: false }
    }),
    notes: [
      `Places count where a seed’s agent was in at least ${fewestEpisodes} episodes. Intervals: 95 %, over seeds.`,
    ],
  }
}

export function peakOf(critic: Critic): PlacedValue {
  return critic.reduce((most, one) => (one.value > most.value ? one : most))
}
