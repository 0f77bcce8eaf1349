export { createLogger, type Logger, type LoggerOptions } from './logger.ts'
export { createMetrics, type Metrics, type TaskStage } from './metrics.ts'
export { createTracer, noTracer, type Span, type Tracer } from './tracing/tracer.ts'
export { parseTraceparent } from './tracing/trace-context.ts'
