import { createArtifactStore } from '@goalpost/artifacts'
import { parentOf, serveTrainer } from '../src/trainer/serve-trainer.ts'
import { drillExecutors, drillProtocol } from './drill-protocol.ts'

const [artifactsUrl = ''] = process.argv.slice(2)

serveTrainer({
  parent: parentOf(process),
  artifacts: await createArtifactStore(artifactsUrl),
  protocols: new Map([[drillProtocol.name, drillProtocol]]),
  loadExecutors: async () => drillExecutors,
  onOrphaned: () => process.exit(0),
})
