import type { Report } from '@goalpost/contracts'
import type { Protocol } from '@goalpost/experiments'
import type { ComputeJob, ComputeOrder } from './jobs.ts'

/** Runs in a worker thread: the one place of the API where numbers may take their time. */
export async function compute({
  protocolsModule,
  protocol: name,
  job,
}: ComputeOrder): Promise<readonly string[] | Report> {
  const { protocols } = (await import(protocolsModule)) as { protocols: ReadonlyMap<string, Protocol> }
  const protocol = protocols.get(name)
  if (protocol === undefined) throw new Error(`There is no protocol called ${name}`)
  return perform(protocol, job)
}

function perform(protocol: Protocol, job: ComputeJob): readonly string[] | Report | Promise<readonly string[]> {
  switch (job.type) {
    case 'advise':
      return protocol.advise(job.options)
    case 'report':
      return protocol.report(job.evidence)
    case 'compare':
      return protocol.compare(job.arms, job.artifacts)
  }
}
