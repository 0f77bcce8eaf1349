import { GoalpostError, type InputIssue, type RequestedResources } from '@goalpost/contracts'
import { suggestName } from '@goalpost/validation'
import {
  devicesOf,
  effectiveThreads,
  engineBuilds,
  engineNames,
  resolveEngine,
  type EngineName,
} from '@goalpost/engine/builds'
import type { ChosenEngine } from './planner.ts'

/** The engine that workers use for these resources. Known without a worker, as a release fixes the builds. */
export function engineFor({ engine, threads, device }: RequestedResources): ChosenEngine {
  if (engine !== 'auto' && !isKnown(engine)) {
    const remedy = suggestName(engine, ['auto', ...engineNames])
    throw refuse({
      pointer: '/resources/engine',
      message: `unknown engine \`${engine}\``,
      ...(remedy === undefined ? {} : { remedy }),
    })
  }
  const name = resolveEngine(engine)
  const devices = devicesOf(name)
  const [usual] = devices
  if (device !== undefined && !devices.includes(device))
    throw refuse({
      pointer: '/resources/device',
      message: `the engine \`${name}\` runs on ${devices.join(' or ')}, not on ${device}`,
      remedy: 'Leave `device` out, or choose another engine',
    })
  return { name, build: engineBuilds[name], threads: effectiveThreads(name, threads), device: device ?? usual }
}

function refuse(issue: InputIssue): GoalpostError {
  return new GoalpostError('invalid-spec', `${issue.pointer}: ${issue.message}`, { issues: [issue] })
}

function isKnown(name: string): name is EngineName {
  return engineNames.some((known) => known === name)
}
