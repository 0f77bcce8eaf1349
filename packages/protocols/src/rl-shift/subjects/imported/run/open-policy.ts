import { GoalpostError } from '@goalpost/contracts'
import { engineNames, isOnnx, resolveEngine, type OnnxEngineName } from '@goalpost/engine'
import type { TaskContext } from '@goalpost/experiments'
import { createImportedPolicy, type ImportedPolicy } from '@goalpost/learning'
import { environmentOf } from '../../../../worlds/environment-of.ts'
import { isSecret } from '../../../../worlds/suites/secret-suite.ts'
import type { ImportedPolicyInputs } from '../imported-policy-inputs.ts'
import { probeSuites } from './probe-suites.ts'
import type { SuiteWorld } from '../../../../worlds/suites/world-inputs.ts'

type Wanted = {
  readonly policy: ImportedPolicyInputs
  readonly suites: readonly SuiteWorld[]
  readonly batch: number
}

/** The policy in an uploaded file, in its own process, recorded in the manifest. */
export async function openImportedPolicy(context: TaskContext, wanted: Wanted): Promise<ImportedPolicy> {
  const { policy, suites, batch } = wanted
  const { threads, device } = context.assignment.resources
  const engine = onnxEngineOf(context)
  const file = await context.artifacts.read(policy.file)
  const imported = await createImportedPolicy(file, {
    ...demandsOf(suites),
    engine,
    threads,
    batch,
    probe: probeSuites(suites, context.salt),
    secret: suites.some(isSecret),
    input: policy.input,
    output: policy.output,
    timeLimitMs: policy.timeLimit * 1_000,
  })
  context.usesEngine({ name: engine, build: imported.build, threads, device })
  for (const { level, message } of imported.notes) context.log(level, message)
  return imported
}

function onnxEngineOf({ assignment }: TaskContext): OnnxEngineName {
  const { engine } = assignment.resources
  const name = engine === 'auto' ? resolveEngine('auto') : engineNames.find((known) => known === engine)
  if (name !== undefined && isOnnx(name)) return name
  throw new GoalpostError(
    'engine-unavailable',
    `An ONNX policy runs on engines of the family onnx only, but the spec asks for ${engine}: leave \`engine\` out`,
  )
}

/** One file has one input shape, so all suites need the same observations. */
function demandsOf(suites: readonly SuiteWorld[]) {
  const shapes = suites.map(({ environment, parameters }) => environmentOf(environment).observation(parameters).shape)
  const [observation] = shapes
  const other = shapes.findIndex((shape) => shape.join() !== observation.join())
  if (other > 0)
    throw new GoalpostError(
      'model-refused',
      `The suite ${suites[other].name} shows observations of ${shapes[other].join('×')}, and the suite ${suites[0].name} of ` +
        `${observation.join('×')}: one policy cannot take both. Remedy: give all suites the same size`,
    )
  return { observation, actions: environmentOf(suites[0].environment).actions.length }
}
