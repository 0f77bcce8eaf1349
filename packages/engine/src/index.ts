export type {
  Bound,
  Compiled,
  ElementType,
  Engine,
  EngineInfo,
  EngineTensor,
  TensorFunction,
  TensorSpec,
  TensorSpecs,
} from './engine.ts'
export { engineBuilds } from './builds.ts'
export { createEngine, detectEngines, type DetectedEngine, type EngineOptions } from './create-engine.ts'
export { engineNames, resolveEngine, type EngineName } from './engine-name.ts'
export { EngineUnavailable } from './engine-unavailable.ts'
export { measureUpdate } from './measure-update.ts'
export { exportModel, type ExportOptions } from './onnx/export-model.ts'
export { ImportedModelError } from './imported/imported-model-error.ts'
export type { Block, Result } from './imported/host-messages.ts'
export { stepOf, type Precision } from './imported/describe-precision.ts'
export { inspectModel, type ModelInfo, type Port } from './imported/inspect-model.ts'
export { openImportedModel, type ImportedModel, type ImportedModelOptions } from './imported/open-imported-model.ts'
export { readFloats } from './read-floats.ts'
export { withRank } from './with-rank.ts'
export { isOnnx, type OnnxEngineName } from './onnx/open-onnx-engine.ts'
