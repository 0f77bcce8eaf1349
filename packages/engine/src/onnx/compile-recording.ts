import type { Tensor } from 'onnxruntime-node'
import type { Bound, Compiled, EngineTensor, Inputs, TensorSpec, TensorSpecs } from '../engine.ts'
import type { Recording } from '../recording/recorder.ts'
import { mapEntries } from '../map-entries.ts'
import { openStage, releaseTensor, type Stage, type StageSetup } from './stage.ts'
import { cutIntoStages } from './stages.ts'

/** Converts between callers' values and sessions' tensors. */
export type Exchange = {
  /** @throws TypeError or RangeError that names the input if it does not fit. */
  bind(given: Inputs[string] | undefined, spec: TensorSpec, label: string): Tensor
  wrap(tensor: Tensor, spec: TensorSpec): EngineTensor
}

type Stages = { readonly early: Stage; readonly late: Stage }

/** Sessions are opened on first use: the whole function's by a run, those of its stages by a binding. */
export function compileRecording(
  setup: StageSetup,
  recording: Recording,
  { specs, exchange }: { readonly specs: TensorSpecs; readonly exchange: Exchange },
): Compiled {
  const outputs = outputSpecs(recording)
  const opened = new Map<string, Promise<Stages>>()
  let whole: Promise<Stage> | undefined

  const bindAll = (given: Inputs, needed: TensorSpecs) =>
    mapEntries(needed, (spec, name) => exchange.bind(given[name], spec, `input ${name}`))
  const wrapAll = (results: Readonly<Record<string, Tensor>>) =>
    mapEntries(outputs, (spec, name) => exchange.wrap(results[name], spec))

  function stagesFor(fixed: readonly string[]): Promise<Stages> {
    const key = fixed.toSorted().join()
    const before = opened.get(key)
    if (before !== undefined) return before
    const stages = openStages(setup, recording, fixed)
    opened.set(key, stages)
    return stages
  }

  async function fix(fixed: Inputs): Promise<Bound> {
    const isFixed = (name: string) => name in fixed
    const { early, late } = await stagesFor(Object.keys(specs).filter(isFixed))
    const handed = await early.run(bindAll(fixed, filterKeys(specs, isFixed)))
    const rest = filterKeys(specs, (name) => !isFixed(name))
    return {
      run: async (given) => wrapAll(await late.run({ ...handed, ...bindAll(given, rest) })),
      dispose: () => Object.values(handed).forEach((tensor) => releaseTensor(tensor, setup.spare)),
    }
  }

  return {
    bind: fix,
    async run(given) {
      const feeds = bindAll(given, specs)
      whole ??= openStage(setup, recording)
      return wrapAll(await (await whole).run(feeds))
    },
    dispose() {
      void whole?.then((stage) => stage.release())
      for (const stages of opened.values()) void stages.then(releaseStages)
    },
  }
}

async function openStages(setup: StageSetup, recording: Recording, fixed: readonly string[]): Promise<Stages> {
  const cut = cutIntoStages(recording, new Set(fixed))
  const [early, late] = await Promise.all([openStage(setup, cut.early), openStage(setup, cut.late)])
  return { early, late }
}

function releaseStages({ early, late }: Stages): void {
  early.release()
  late.release()
}

function outputSpecs({ outputs }: Recording): Record<string, TensorSpec> {
  return mapEntries(outputs, ({ shape, type }, name) => {
    if (type !== 'float32' && type !== 'int32')
      throw new TypeError(`output ${name} is of type ${type}: cast it to float32 or int32`)
    return { shape, type }
  })
}

function filterKeys<T>(record: Readonly<Record<string, T>>, keep: (key: string) => boolean): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => keep(key)))
}
