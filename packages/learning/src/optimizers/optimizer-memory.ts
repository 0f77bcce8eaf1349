import { readFloats, type Engine, type EngineTensor } from '@goalpost/engine'

const names = ['parameters', 'firstMoment', 'secondMoment'] as const
type Name = (typeof names)[number]

/** Parameters and Adam's moments, each flat [P]. */
export type OptimizerTensors = Readonly<Record<Name, EngineTensor>>
/** The same on the host, and the number of updates made. */
export type OptimizerState = Readonly<Record<Name, Float32Array>> & { readonly updates: number }

/** Keeps an optimizer's state on the engine. */
export type OptimizerMemory = {
  tensors(): OptimizerTensors
  /** The number of the next update, from 1. */
  nextUpdate(): number
  /** Takes what an update made, and disposes the tensors of before. */
  advance(next: OptimizerTensors): void
  save(): Promise<OptimizerState>
  restore(state: OptimizerState): void
  dispose(): void
}

/** Moments start at 0. */
export function createOptimizerMemory(engine: Engine, parameters: Float32Array): OptimizerMemory {
  const upload = (values: Float32Array) => engine.tensor(values, { shape: [parameters.length], type: 'float32' })
  const zeros = new Float32Array(parameters.length)
  let updates = 0
  let tensors: OptimizerTensors = {
    parameters: upload(parameters),
    firstMoment: upload(zeros),
    secondMoment: upload(zeros),
  }

  function dispose(): void {
    for (const name of names) tensors[name].dispose()
  }

  function replace(next: OptimizerTensors): void {
    dispose()
    tensors = next
  }

  return {
    tensors: () => tensors,
    nextUpdate: () => updates + 1,
    advance(next) {
      replace(next)
      updates += 1
    },
    async save() {
      const [first, second, third] = await Promise.all(names.map((name) => readFloats(tensors[name])))
      return { updates, parameters: first, firstMoment: second, secondMoment: third }
    },
    restore({ updates: done, parameters: first, firstMoment, secondMoment }) {
      replace({ parameters: upload(first), firstMoment: upload(firstMoment), secondMoment: upload(secondMoment) })
      updates = done
    },
    dispose,
  }
}
