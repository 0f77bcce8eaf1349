import { levelJson, parametersJson } from '../level-json.ts'
import type { JsonObject, PicturePart, TablePart } from '@goalpost/contracts'
import { pictureLegend, pictureLines, pictureSvg, type EpisodeRecord, type Solution } from '@goalpost/environments'
import { hashLevel, levelText, type PlayedEpisode } from '@goalpost/evaluation'
import type { ToolFile } from '@goalpost/experiments'
import type { Showing } from './arguments.ts'
import type { FoundLevel } from './find-level.ts'

export const levelMediaType = 'application/vnd.goalpost.level+json'
export const suiteMediaType = 'application/vnd.goalpost.suite+json'

type Shown = Pick<FoundLevel, 'environment' | 'parameters' | 'level'>

export function hashOf({ environment, level }: Shown): string {
  return hashLevel(environment, level)
}

/** The file behind a level's hash. */
export function levelFile(found: Shown): ToolFile {
  const name = `${found.environment.name}-${hashOf(found).slice(0, 12)}.json`
  return { name, mediaType: levelMediaType, text: levelText(found.environment, found.level) }
}

export function levelData(found: Shown): JsonObject {
  const { environment, parameters, level } = found
  return {
    hash: hashOf(found),
    environment: environment.name,
    parameters: parametersJson(parameters),
    level: levelJson(environment, level),
    drawing: environment.printLevel?.(parameters, level) ?? null,
  }
}

/** The last three repeat the first two goals' optima, under the names they had before environments had many goals. */
export function solutionData({ solvable, optimalReturns }: Solution): JsonObject {
  const [optimalReturn, optimalProxyReturn] = optimalReturns
  const optimalEitherReturn = Math.max(optimalReturn, optimalProxyReturn)
  return { solvable, optimalReturns: [...optimalReturns], optimalReturn, optimalProxyReturn, optimalEitherReturn }
}

export function episodeData({
  returns: [trueReturn, proxyReturn],
  actions,
  counters,
  ...outcome
}: PlayedEpisode): JsonObject {
  return { trueReturn, proxyReturn, ...outcome, counters: { ...counters }, actions }
}

type Frame = Showing & { readonly title: string; readonly caption?: string; readonly episode?: EpisodeRecord }

/** A picture of the level or of an episode on it, with legend; also as an SVG file on request. */
export function drawLevel(
  { environment, parameters, level }: Shown,
  { title, caption = '', episode, charset, svg }: Frame,
): { readonly part: PicturePart; readonly files: readonly ToolFile[] } {
  const picture = environment.picture(parameters, level, episode)
  const lines = [...pictureLines(picture, { charset }), '', pictureLegend(picture, { charset })]
  const file = { name: fileName(title), mediaType: 'image/svg+xml', text: pictureSvg(picture, { title, legend: true }) }
  return { part: { type: 'picture', title, lines, caption }, files: svg ? [file] : [] }
}

const fileName = (title: string): string => `${title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}.svg`

/** The level in its text format; none if the environment has no parser. */
export function drawingPart({ environment, parameters, level }: Shown): PicturePart[] {
  const lines = environment.printLevel?.(parameters, level).split('\n')
  return lines === undefined ? [] : [{ type: 'picture', title: 'As a drawing', lines, caption: '' }]
}

/** A table of names and values. */
export function factsTable(
  title: string,
  facts: readonly (readonly [name: string, value: string | number])[],
  notes: string[] = [],
): TablePart {
  const rows = facts.map(([name, value]) => ({
    cells: [{ text: name }, typeof value === 'number' ? { estimate: { value } } : { text: value }],
    emphasis: false,
  }))
  return { type: 'table', title, columns: [{ title: '' }, { title: '' }], rows, notes }
}

/** Outcomes of episodes, one row each. */
export function episodesTable(
  title: string,
  episodes: readonly { readonly name: string; readonly played: PlayedEpisode }[],
): TablePart {
  const columns = ['by', 'return', 'proxy return', 'steps', 'ended'].map((heading) => ({ title: heading }))
  const rows = episodes.map(({ name, played }) => ({
    cells: [
      { text: name },
      { estimate: { value: played.returns[0] } },
      { estimate: { value: played.returns[1] } },
      { text: String(played.steps) },
      { text: endings[played.ended] },
    ],
    emphasis: false,
  }))
  return { type: 'table', title, columns, rows, notes: [] }
}

const endings = {
  terminated: 'by its rules',
  truncated: 'at the step limit',
  running: 'no: the actions end here',
} as const
