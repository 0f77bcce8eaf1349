import type { VisibleObject } from '@goalpost/environments'
import type { RlShiftOptions } from './spec.ts'
import { environmentOf } from '../worlds/environment-of.ts'
import type { Suite } from '../worlds/suites/suite-options.ts'
import { isContinuing } from '../worlds/is-continuing.ts'
import type { HiddenPlay } from './hidden-play.ts'
import type { SuiteWorld } from '../worlds/suites/world-inputs.ts'

/** What the end of a run plays again: every shifted suite, without each of its objects. `worlds` are those of the suites. */
export function hiddenPlays(options: RlShiftOptions, worlds: readonly SuiteWorld[]): readonly HiddenPlay[] {
  // Experiments that were accepted before anything was hidden say nothing of it.
  const wanted = options.evaluation.hidden ?? false
  return wanted ? options.suites.flatMap((suite, index) => playsWithout(options, suite, worlds[index])) : []
}

/** The objects of a suite that can be taken out of sight there: none that the suite hides itself. */
export function hideableObjects(options: RlShiftOptions, { role }: Suite, world: SuiteWorld): readonly VisibleObject[] {
  const environment = environmentOf(world.environment)
  // Upside down, an object is out of its place already; what never ends is judged by other numbers than those of suites.
  if (role !== 'shifted' || world.observation === 'flip-vertical' || isContinuing(environment, options.parameters))
    return []
  const unseen = unseenIn(world)
  return (environment.objects?.(world.parameters) ?? []).filter(
    ({ channels }) => !channels.every((channel) => unseen.includes(channel)),
  )
}

function playsWithout(options: RlShiftOptions, suite: Suite, world: SuiteWorld): HiddenPlay[] {
  return hideableObjects(options, suite, world).map(({ name, channels }) => ({
    suite: suite.name,
    object: name,
    channels: [...new Set([...unseenIn(world), ...channels])],
  }))
}

function unseenIn({ observation }: SuiteWorld): readonly string[] {
  return typeof observation === 'object' ? observation.hide : []
}
