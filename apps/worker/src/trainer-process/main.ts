import { alsoForTrainers, createArtifactStore, hideEnvironment } from '@goalpost/artifacts'
import { readTracing } from '@goalpost/contracts'
import { requireSandbox } from '@goalpost/engine/sandbox'
import { keyVariables, takeHostedModels } from '@goalpost/hosted-models'
import { protocols } from '@goalpost/protocols'
import { loadExecutors } from '@goalpost/protocols/run'
import { createTracer } from '@goalpost/telemetry/tracing'
import { accessArtifacts } from './access-artifacts.ts'
import { parentOf, serveTrainer } from './serve-trainer.ts'

const [artifactsUrl = ''] = process.argv.slice(2)

hideEnvironment([...alsoForTrainers, ...keyVariables(process.env)], process.env)

const onError = (error: unknown) => process.stderr.write(`Spans cannot be sent: ${String(error)}\n`)

if (process.env['GOALPOST_MODEL_SANDBOX'] === 'required') requireSandbox()

serveTrainer({
  tracer: createTracer({ service: 'trainer', ...readTracing(process.env), onError }),
  parent: parentOf(process),
  artifacts: accessArtifacts(await createArtifactStore(artifactsUrl)),
  hostedModels: takeHostedModels(process.env),
  protocols,
  loadExecutors,
  onOrphaned: () => process.exit(0),
})
