import type { Engine } from '@goalpost/engine'
import type { LevelPlan } from '@goalpost/environments'
import type { Stream } from '@goalpost/random'
import { createNetwork } from '../../networks/network.ts'
import { estimateAdvantages } from '../ppo/advantage.ts'
import type { PpoOptions } from '../ppo/options.ts'
import type { PpoSettings } from '../ppo/ppo-method.ts'
import { createPpoTrainer, type Played, type PpoTrainer } from '../ppo/trainer.ts'
import { builderShape, builderSteps, createBuilderWorld, type Site } from './builder-world.ts'

export type BuilderSetup = {
  readonly engine: Engine
  readonly ppo: PpoSettings
  readonly site: Site
  readonly iterations: number
  readonly stream: Stream
  readonly yieldToEventLoop: () => Promise<void>
}

/** The policy that builds levels. */
export type Builder = {
  readonly trainer: PpoTrainer
  /** Builds one level for each slot. */
  build(): Promise<readonly LevelPlan[]>
  /** Learns from the levels just built, by what each was worth. */
  reward(worths: readonly number[]): Promise<void>
}

/** A level is one episode, rewarded in its last step; later rewards count in full. */
export async function createBuilder({ ppo, site, iterations, ...setup }: BuilderSetup): Promise<Builder> {
  const { environments } = ppo
  const world = createBuilderWorld(site, environments)
  const cells = site.rows * site.columns
  let worths: readonly number[] = []
  let built: Played | null = null
  const trainer = await createPpoTrainer({
    ...setup,
    network: createNetwork(
      { kind: 'mlp', hidden: [64], activation: 'relu', crop: 0 },
      { observation: builderShape(site), actions: cells },
    ),
    options: optionsFor(ppo, site, iterations),
    simulator: world,
    levels: { next: () => null, current: () => null, save: () => new Uint8Array(0), restore() {} },
    reweigh: (played) => payAtTheEnd(played, worths, ppo),
  })
  return {
    trainer,
    async build() {
      built = await trainer.playFromStart()
      return [...world.plans()]
    },
    async reward(given) {
      if (built === null) throw new RangeError('no levels were built')
      worths = given
      await trainer.learn(built)
      built = null
    },
  }
}

function optionsFor(ppo: PpoSettings, site: Site, iterations: number): PpoOptions {
  const rolloutSteps = builderSteps(site)
  const totalSteps = iterations * ppo.environments * rolloutSteps
  return { ...ppo, rolloutSteps, minibatches: 1, discount: 1, totalSteps }
}

/** Rewards the last step of each slot with what its level was worth. */
function payAtTheEnd(
  played: Played,
  worths: readonly number[],
  { environments, gaeLambda: lambda }: Pick<PpoSettings, 'environments' | 'gaeLambda'>,
): void {
  const last = played.rewards.length - environments
  for (let slot = 0; slot < environments; slot++) played.rewards[last + slot] = worths[slot]
  const { advantages, returns } = estimateAdvantages({ ...played, environments, discount: 1, lambda })
  played.advantages.set(advantages)
  played.returns.set(returns)
}
