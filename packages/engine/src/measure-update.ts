import * as tf from '@tensorflow/tfjs-core'
import type { Engine, TensorFunction, TensorSpecs } from './engine.ts'

const samples = 1_024
const shapes = { input: [samples, 256], hidden: [256, 128], output: [128, 8], target: [samples, 8] } as const

/**
 * Times one fixed small update: a network of 256 → 128 → 8 units on 1,024 samples, forward and backward pass and a step
 * of gradient descent, its loss read back each time. 0.2 billion floating-point operations.
 * @returns the median in ms, over as many updates as fit into `limitMs`, after two warm-up updates.
 */
export async function measureUpdate(engine: Engine, limitMs = 1_000): Promise<number> {
  const compiled = await engine.compile(update, specs)
  const inputs = Object.fromEntries(
    Object.entries(specs).map(([name, spec]) => [name, engine.tensor(pattern(spec.shape), spec)]),
  )
  try {
    const times: number[] = []
    for (let spent = 0, round = 0; round < 3 || spent < limitMs; round += 1) {
      const startedAt = performance.now()
      const outputs = await compiled.run(inputs)
      await outputs['loss']?.data()
      const took = performance.now() - startedAt
      for (const output of Object.values(outputs)) output.dispose()
      if (round < 2) continue
      times.push(took)
      spent += took
    }
    return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0
  } finally {
    for (const tensor of Object.values(inputs)) tensor.dispose()
    compiled.dispose()
  }
}

const specs: TensorSpecs = Object.fromEntries(
  Object.entries(shapes).map(([name, shape]) => [name, { shape, type: 'float32' as const }]),
)

/** Derivatives by hand, so that automatic differentiation is not timed. */
const update: TensorFunction = ({ input, hidden, output, target }) => {
  if (!input || !hidden || !output || !target) throw new TypeError('The benchmark lacks an input')
  const [x, w1, w2] = [input, hidden, output]
  const activation = tf.relu(tf.matMul(x, w1))
  const error = tf.sub(tf.matMul(activation, w2), target)
  const back = tf.mul(tf.matMul(error, tf.transpose(w2)), tf.step(activation))
  const rate = 1e-5
  return {
    hidden: tf.sub(w1, tf.mul(tf.matMul(tf.transpose(x), back), rate)),
    output: tf.sub(w2, tf.mul(tf.matMul(tf.transpose(activation), error), rate)),
    loss: tf.mean(tf.square(error)),
  }
}

/** Any numbers of moderate size. */
function pattern(shape: readonly number[]): Float32Array {
  const count = shape.reduce((product, size) => product * size, 1)
  return Float32Array.from({ length: count }, (_, index) => Math.sin(index) / 8)
}
