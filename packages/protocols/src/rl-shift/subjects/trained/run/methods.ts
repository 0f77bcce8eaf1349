import { createPpoMethod, type Method } from '@goalpost/learning'
import type { MethodName } from '../method-name.ts'
import type { TrainInputs } from '../train-task.ts'

/** To add a method: its folder in packages/learning/src/methods, its name and options, and one line here. */
const methods: Readonly<Record<MethodName, (inputs: TrainInputs) => Method>> = {
  ppo: ({ ppo }) => createPpoMethod(ppo),
}

export function methodOf(inputs: TrainInputs): Method {
  return methods[inputs.method ?? 'ppo'](inputs)
}
