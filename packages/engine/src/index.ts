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
export { ForeignModelError } from './foreign/foreign-model-error.ts'
export type { Block, Result } from './foreign/host-messages.ts'
export { inspectModel, type ModelInfo, type Port } from './foreign/inspect-model.ts'
export { openForeignModel, type ForeignModel, type ForeignModelOptions } from './foreign/open-foreign-model.ts'
export { isOnnx, type OnnxEngineName } from './onnx/open-onnx-engine.ts'
