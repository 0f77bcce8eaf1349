import type { VisibleObject } from '@goalpost/environments'
import type { RlShiftOptions } from './spec.ts'
import { environmentOf } from '../worlds/environment-of.ts'
import type { Suite } from '../worlds/suites/suite-options.ts'
import { isContinuing } from '../worlds/is-continuing.ts'
import type { HiddenPlay } from './hidden-play.ts'
import type { SuiteWorld } from '../worlds/suites/world-inputs.ts'

/** Replays at the end of a run: every shifted suite, without each of its objects. `worlds` are the suites' worlds. */
export function hiddenPlays(options: RlShiftOptions, worlds: readonly SuiteWorld[]): readonly HiddenPlay[] {
  // Experiments from before objects were hidden have no such option.
  const wanted = options.evaluation.hidden ?? false
  return wanted ? options.suites.flatMap((suite, index) => playsWithout(options, suite, worlds[index])) : []
}

/** The objects of a suite that can be hidden: none that the suite already hides. */
export function hideableObjects(options: RlShiftOptions, { role }: Suite, world: SuiteWorld): readonly VisibleObject[] {
  const environment = environmentOf(world.environment)
  // Upside down, an object is already misplaced; worlds without end are judged by other numbers.
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
