import { createArtifactStore } from '@goalpost/artifacts'
import { readTracing } from '@goalpost/contracts'
import { readHostedModels } from '@goalpost/hosted-models'
import { createTracer } from '@goalpost/telemetry/tracing'
import { accessArtifacts } from '../src/trainer-process/access-artifacts.ts'
import { parentOf, serveTrainer } from '../src/trainer-process/serve-trainer.ts'
import { drillExecutors, drillProtocol } from './drill-protocol.ts'

const [artifactsUrl = ''] = process.argv.slice(2)

const onError = (error: unknown) => process.stderr.write(`Spans cannot be sent: ${String(error)}\n`)

serveTrainer({
  tracer: createTracer({ service: 'trainer', ...readTracing(process.env), onError }),
  parent: parentOf(process),
  artifacts: accessArtifacts(await createArtifactStore(artifactsUrl)),
  hostedModels: readHostedModels({}),
  protocols: new Map([[drillProtocol.name, drillProtocol]]),
  loadExecutors: async () => drillExecutors,
  onOrphaned: () => process.exit(0),
})
