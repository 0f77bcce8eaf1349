import type { EngineName } from '@goalpost/engine/builds'

const reinstall = 'Run npm install again, without --ignore-scripts and --omit=optional'

/** The requirements of a missing engine, in one line each. */
export const remedies: Readonly<Record<EngineName, string>> = {
  'onnx:cpu': `${reinstall}; where ONNX Runtime has no library for this platform, tfjs:wasm takes its place`,
  'onnx:webgpu': 'Needs a graphics card with a driver for Vulkan (Linux), Metal (macOS) or Direct3D 12 (Windows)',
  'onnx:cuda':
    'Needs Linux on x64, an NVIDIA card, CUDA 12, cuDNN 9 and a download: ONNXRUNTIME_NODE_INSTALL=cuda12 node node_modules/onnxruntime-node/script/install.js, or infra/Dockerfile.worker-cuda',
  'tfjs:wasm': reinstall,
  'tfjs:tensorflow': 'A download: npm install --no-save @tensorflow/tfjs-node@4.22.0; docs/engines.md has another way',
  'tfjs:webgpu': 'npm install --no-save webgpu @tensorflow/tfjs-backend-webgpu@4.22.0, and a graphics card',
  'tfjs:cpu': reinstall,
}
