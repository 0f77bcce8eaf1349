import type { ProtocolView, ToolView } from '@goalpost/contracts'
import type { Protocol, ProtocolTool } from '@goalpost/experiments'

export function presentProtocol(protocol: Protocol): ProtocolView {
  const {
    name,
    version,
    title,
    description,
    verdicts,
    subject,
    search,
    league,
    sampleTasks = [],
    tools = [],
  } = protocol
  return {
    name,
    version,
    title,
    description,
    optionsSchema: protocol.optionsSchema(),
    verdicts: [...verdicts],
    tools: tools.map(presentTool),
    ...(subject === undefined ? {} : { subject: { path: [...subject.path], measures: [...subject.measures] } }),
    ...(search === undefined ? {} : { search: { measures: [...search.measures] } }),
    hasLeague: league !== undefined,
    sampleTasks: [...sampleTasks],
  }
}

function presentTool(tool: ProtocolTool): ToolView {
  const { group, name, summary, description, operands } = tool
  return { group, name, summary, description, operands: [...operands], argumentsSchema: tool.argumentsSchema() }
}
