export { defineProtocol } from './define-protocol.ts'
export { defineTask, type DeclaredTask, type TaskPlan } from './define-task.ts'
export { defineTool, ToolFault, type Choice } from './define-tool.ts'
export { implementTasks, type TaskRun } from './implement-tasks.ts'
