import type { InputIssue } from '@goalpost/contracts'
import { countParameters, croppedSides } from './network-size.ts'
import type { TrainedOptions } from '../../spec.ts'
import { environmentOf } from '../../../worlds/environment-of.ts'
import { methodBesidePpoOf } from './method-options.ts'
import type { NetworkOptions } from './network-options.ts'

/** 128 MiB of parameters; each of Adam's moments and the gradient is as large. */
export const maxParameters = 2 ** 25

/** A recurrent update is unrolled step by step. Same value as in learning, which this module does not load. */
export const longestUnroll = 256

/** Refuses, before training, inputs that a network cannot be built for or cannot learn from. */
export function checkNetwork(options: TrainedOptions): readonly InputIssue[] {
  const environment = environmentOf(options.environment)
  const { shape } = environment.observation(options.parameters)
  const { network } = options
  if (croppedSides(network, shape).some((side) => side < 1)) return [cropTooLarge(network, shape)]
  const parameters = countParameters(network, shape, environment.actions.length)
  if (parameters > maxParameters) return [tooLarge(parameters, shape), ...recurrentIssues(options)]
  return [...manyMembers(options, parameters), ...largeModules(options), ...recurrentIssues(options)]
}

function cropTooLarge(network: NetworkOptions, [height, width]: readonly number[]): InputIssue {
  const { crop } = network.kind === 'lstm' ? network.trunk : network
  return {
    pointer: network.kind === 'lstm' ? '/network/trunk/crop' : '/network/crop',
    message: `Cropping ${crop} cells on every side leaves nothing of an observation of ${height}×${width} cells`,
    remedy: `Crop ${Math.ceil(Math.min(height, width) / 2) - 1} at most`,
  }
}

function tooLarge(parameters: number, [height, width]: readonly number[]): InputIssue {
  return {
    pointer: '/network',
    message: `On ${height}×${width} cells it has ${parameters} parameters, more than the ${maxParameters} allowed`,
    remedy: 'Make the dense layer narrower, or use `impala`, whose stages halve the image',
  }
}

/** All members of an ensemble are in memory together. */
function manyMembers(options: TrainedOptions, parameters: number): InputIssue[] {
  const method = methodBesidePpoOf(options)
  if (method?.kind !== 'ensemble' || method.members * parameters <= maxParameters) return []
  return [
    {
      pointer: '/method/members',
      message: `${method.members} members of ${parameters} parameters have more than the ${maxParameters} allowed`,
      remedy: 'Use fewer members or a smaller network',
    },
  ]
}

/** Two modules: one has a logit for each cell, the other one more channel. */
function largeModules({ environment: name, parameters: given, network, ...options }: TrainedOptions): InputIssue[] {
  if (methodBesidePpoOf(options)?.kind !== 'modular') return []
  const environment = environmentOf(name)
  const [height, width, channels] = environment.observation(given).shape
  const goal = countParameters(network, [height, width, channels], height * width)
  const navigator = countParameters(network, [height, width, channels + 1], environment.actions.length)
  if (goal + navigator <= maxParameters) return []
  return [
    {
      pointer: '/network',
      message: `Both modules together have ${goal + navigator} parameters, more than the ${maxParameters} allowed`,
      remedy: 'Use a smaller network',
    },
  ]
}

function recurrentIssues({ network, ppo }: TrainedOptions): InputIssue[] {
  if (network.kind !== 'lstm') return []
  const long = {
    pointer: '/ppo/rolloutSteps',
    message: `An LSTM learns through ${longestUnroll} steps at most, not ${ppo.rolloutSteps}`,
    remedy: 'Use shorter rollouts and more environments',
  }
  const indivisible = {
    pointer: '/ppo/minibatches',
    message: `An LSTM learns from whole sequences: ${ppo.environments} environments cannot be divided into ${ppo.minibatches} equal minibatches`,
    remedy: 'Choose a divisor of `environments`',
  }
  return [
    ...(ppo.rolloutSteps > longestUnroll ? [long] : []),
    ...(ppo.environments % ppo.minibatches === 0 ? [] : [indivisible]),
  ]
}
