import { createArtifactStore } from '@goalpost/artifacts'
import { protocols } from '@goalpost/protocols'
import { loadExecutors } from '@goalpost/protocols/run'
import { accessArtifacts } from './access-artifacts.ts'
import { parentOf, serveTrainer } from './serve-trainer.ts'

const [artifactsUrl = ''] = process.argv.slice(2)

serveTrainer({
  parent: parentOf(process),
  artifacts: accessArtifacts(await createArtifactStore(artifactsUrl)),
  protocols,
  loadExecutors,
  onOrphaned: () => process.exit(0),
})
