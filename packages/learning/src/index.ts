export { greedyAction, type Acting } from './acting/choose-action.ts'
export {
  createImportedPolicy,
  type ImportedPolicy,
  type ImportedPolicyNote,
  type ImportedPolicyOptions,
} from './acting/imported-policy.ts'
export { createPolicy, type ActingPolicy, type Policy } from './acting/policy.ts'
export { createDoubt, type Doubt } from './acting/doubt.ts'
export { tellPolicy, toldChannel, type Place, type ToldPolicy } from './acting/told-goal.ts'
export { createIndexedLevels, type FinishedEpisode, type LevelSource } from './levels/level-source.ts'
export { initializeParameters } from './networks/initialize.ts'
export { createNetwork, type Memory, type Network } from './networks/network.ts'
export type { Carried } from './networks/lstm.ts'
export type { ParameterLayout, ParameterSpec } from './networks/parameters.ts'
export {
  defaultConv,
  defaultImpala,
  defaultLstm,
  defaultMlp,
  type Activation,
  type ConvSpec,
  type FeedForwardSpec,
  type ImpalaSpec,
  type LstmSpec,
  type MlpSpec,
  type NetworkInterface,
  type NetworkSpec,
} from './networks/network-spec.ts'
export { NotFiniteError } from './not-finite.ts'
export { createMinibatch, type Minibatch } from './methods/ppo/minibatches.ts'
export { createOptimizer, type Optimizer } from './methods/ppo/optimizer.ts'
export type { OptimizerState } from './optimizers/optimizer-memory.ts'
export { defaultPpoOptions, longestUnroll, type PpoOptions } from './methods/ppo/options.ts'
export {
  createPpoTrainer,
  type IterationMetrics,
  type PpoTrainer,
  type PpoTrainerSetup,
  type TrainerParts,
} from './methods/ppo/trainer.ts'
export { createPpoMethod, type PpoSettings } from './methods/ppo/ppo-method.ts'
export { createPlrMethod, defaultPlrOptions, type PlrOptions } from './methods/plr/plr-method.ts'
export { createAccelMethod, defaultAccelOptions, type AccelOptions } from './methods/accel/accel-method.ts'
export { createAdversarialMethod } from './methods/adversarial/adversarial-method.ts'
export { defaultAdversarialOptions, type AdversarialOptions } from './methods/adversarial/options.ts'
export { mutateLevel } from './methods/accel/mutate-level.ts'
export { createCloningMethod, type CloningOptions } from './methods/cloning/cloning-method.ts'
export { createEnsembleMethod } from './methods/ensemble/ensemble-method.ts'
export type { EnsembleOptions } from './methods/ensemble/members.ts'
export {
  createGoalConditionedMethod,
  type GoalConditionedOptions,
} from './methods/goal-conditioned/goal-conditioned-method.ts'
export type { Instructor } from './methods/goal-conditioned/tell-levels.ts'
export type { Judge } from './methods/judge/judge.ts'
export { createJudgeMethod, type JudgeOptions, type Narrator } from './methods/judge/judge-method.ts'
export type { EpisodeAccount } from './methods/judge/witness.ts'
export { createModularMethod, type ModularOptions } from './methods/modular/modular-method.ts'
export { createInvarianceMethod } from './methods/invariance/invariance-method.ts'
export type { InvarianceOptions } from './methods/invariance/group-weights.ts'
export {
  createProcessSupervisionMethod,
  type ProcessSupervisionOptions,
} from './methods/process-supervision/process-supervision-method.ts'
export { createPairedMethod, type LevelBuilder, type PairedOptions } from './methods/paired/paired-method.ts'
export { createMaximinMethod } from './methods/maximin/maximin-method.ts'
export type { LevelEditor, LevelTools } from './methods/curriculum/level-tools.ts'
export type {
  FavouriteLevel,
  Iteration,
  Measured,
  Method,
  Training,
  TrainingParts,
  TrainingSetup,
  TrainingWorld,
} from './methods/method.ts'
export type { UpdateMetric } from './methods/ppo/update.ts'
export type { EpisodeMetrics } from './rollout/episode-ledger.ts'
export type { WindowMetrics } from './rollout/step-window.ts'
export { exportPolicy, type PolicyOrigin } from './snapshots/export-policy.ts'
export { modulesOf, type PolicyModules } from './snapshots/modular-snapshot.ts'
export { membersOf } from './snapshots/ensemble-snapshot.ts'
export { encodePolicySnapshot, parsePolicySnapshot, type PolicySnapshot } from './snapshots/policy-snapshot.ts'
export { SnapshotError } from './snapshots/sections.ts'
export { createTransformer, type Transformer, type TransformerSpec } from './networks/transformer.ts'

export { actSamplerSpecs, actTraining, createActSampler, type ActBatchShape } from './language/act-training.ts'
export { groupAdvantages } from './language/group-policy-loss.ts'
export { fillGumbel } from './language/gumbel-noise.ts'
export {
  createLanguageOptimizer,
  type LanguageOptimizer,
  type LanguageTraining,
} from './language/language-optimizer.ts'
export {
  encodeLanguageSnapshot,
  encodeOptimizerState,
  encodeRewardSnapshot,
  parseLanguageSnapshot,
  parseOptimizerState,
  parseRewardSnapshot,
  type LanguageSnapshot,
} from './language/language-snapshot.ts'
export { learningRateAt } from './optimizers/learning-rate.ts'
export { directPreferenceTraining } from './language/direct-preference.ts'
export { createNextTokenReader } from './language/next-token-reader.ts'
export { preferenceTraining } from './language/preference-training.ts'
export { createRewardModel, createRewardReader, rewardFromLanguage } from './language/reward-model.ts'
export { textTraining } from './language/text-training.ts'
