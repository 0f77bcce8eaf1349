import { createHash } from 'node:crypto'
import type { JsonObject } from '@goalpost/contracts'
import { environments } from '@goalpost/environments'
import type { ToolFile } from '@goalpost/experiments'
import { protocols } from '@goalpost/protocols'
import { expect, test } from 'vitest'
import { drawOverlay } from '../apps/dashboard/src/replay/draw-overlay.ts'
import { playEpisode } from '../apps/dashboard/src/replay/play-episode.ts'
import { episodesOf } from '../apps/dashboard/src/replay/recorded-episode.ts'

const tools = protocols.get('rl-shift')?.tools ?? []
const hashOf = ({ text }: ToolFile): string => createHash('sha256').update(text).digest('hex')

/** Uses a tool as the API does; files of earlier uses can be named by their hash. */
function useTool(name: string, given: JsonObject, kept: readonly ToolFile[] = []) {
  const tool = tools.find((each) => each.group === 'levels' && each.name === name)
  const resolution = tool?.resolve(given)
  if (tool === undefined || resolution?.ok !== true) throw new Error(`${name}: ${JSON.stringify(resolution)}`)
  const files = new Map(kept.map((file) => [hashOf(file), new TextEncoder().encode(file.text)]))
  const outcome = tool.run(resolution.arguments, files)
  if (!outcome.ok) throw new Error(`${name}: ${JSON.stringify(outcome.issues)}`)
  return outcome
}

/** Without its title and its size on a page. */
const drawingOf = (svg: string): string => svg.replace(/<svg [^>]*>/, '').replace(/<title>.*?<\/title>/, '')

test.each([...environments.keys()])(
  'browser and service compute the same episodes of %s: ends, returns and pictures',
  (environment) => {
    const sampled = useTool('sample', { environment, count: 3, seed: 1 })
    for (const level of sampled.files.filter(({ mediaType }) => mediaType.includes('level'))) {
      const answer = useTool('replay', { level: hashOf(level), by: 'random', seed: 5, svg: true }, sampled.files)
      const [recorded] = episodesOf(answer)
      if (recorded === undefined) throw new Error('No episode was answered')
      const played = playEpisode(recorded)
      expect(played.steps).toHaveLength(recorded.actions.length)
      expect(played.returns[0]).toBeCloseTo(recorded.returns[0], 12)
      expect(played.returns[1]).toBeCloseTo(recorded.returns[1], 12)
      expect(played.agrees).toBe(true)
      const svg = answer.files.find(({ mediaType }) => mediaType === 'image/svg+xml')
      expect(drawingOf(played.draw(recorded.actions.length))).toBe(drawingOf(svg?.text ?? ''))
    }
  },
)

test.each([...environments.keys()])(
  'browser and service lay the same episodes of %s over each other',
  (environment) => {
    const sampled = useTool('sample', { environment, count: 1, seed: 2 })
    const level = sampled.files.find(({ mediaType }) => mediaType.includes('level'))
    if (level === undefined) throw new Error('No level was answered')
    const given = { level: hashOf(level), by: 'random', episodes: 3, seed: 5, svg: true }
    const answer = useTool('replay', given, sampled.files)
    const svg = answer.files.find(({ mediaType }) => mediaType === 'image/svg+xml')
    // The page shows episodes in another order.
    const shapesOf = (drawing: string) => drawingOf(drawing).split('\n').toSorted()
    const drawn = drawOverlay(episodesOf(answer)) ?? ''
    expect(drawn).toContain('>end</text>')
    expect(shapesOf(drawn)).toEqual(shapesOf(svg?.text ?? ''))
  },
)
