import { buildReport, recommendFrom, tabulateLeague, type Protocol } from '@goalpost/experiments'
import type { ComputeJob, ComputeOrder, ComputeResult } from './jobs.ts'

type Computed = ComputeResult<ComputeJob>

/** Runs in a worker thread, where long computations do not block the event loop. */
export async function compute({ protocolsModule, protocol: name, job }: ComputeOrder): Promise<Computed> {
  const { protocols }: { readonly protocols: ReadonlyMap<string, Protocol> } = await import(protocolsModule)
  const protocol = protocols.get(name)
  if (protocol === undefined) throw new Error(`Unknown protocol ${name}`)
  return perform(protocol, job)
}

function perform(protocol: Protocol, job: ComputeJob): Computed | Promise<Computed> {
  switch (job.type) {
    case 'advise':
      return protocol.advise(job.options)
    case 'report':
      return buildReport(protocol, job.evidence)
    case 'tested':
      return protocol.tested?.(job.evidence) ?? []
    case 'page':
      return renderPage(job)
    case 'compare':
      return protocol.compare(job.arms, job.artifacts)
    case 'league':
      return tabulateLeague(job.entries, protocol)
    case 'recommend':
      return recommendFrom(job.entries, protocol, job.subject)
    case 'tool':
      return runTool(protocol, job)
  }
}

/** Loads React, which other jobs do not need. */
async function renderPage({ subject }: Extract<ComputeJob, { type: 'page' }>): Promise<string> {
  const { renderReportPage } = await import('@goalpost/report-view/static')
  return renderReportPage(subject)
}

function runTool({ name, tools = [] }: Protocol, job: Extract<ComputeJob, { type: 'tool' }>): Computed {
  const tool = tools[job.index]
  if (tool === undefined) throw new Error(`The protocol ${name} has no tool number ${job.index}`)
  return tool.run(job.arguments, job.files, job.surroundings)
}
