/** A function uses an operation that has no counterpart in the graph. */
export class UnmappedOperation extends Error {
  readonly code = 'unmapped-operation'

  constructor(kernel: string, reason = 'has no ONNX equivalent here') {
    super(`TensorFlow.js's ${kernel} ${reason}`)
    this.name = 'UnmappedOperation'
    const caller = callerOf(wholeStack(this))
    if (caller !== null) this.message += `; it was called at ${caller}`
  }
}

/** Ten frames, the default, end inside TensorFlow.js. */
function wholeStack(error: Error): string {
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 100
  Error.captureStackTrace(error)
  Error.stackTraceLimit = limit
  return error.stack ?? ''
}

/** The first frame outside TensorFlow.js and the recording, which is the code to change. */
function callerOf(stack: string): string | null {
  const frames = stack.split('\n').filter((line) => line.trimStart().startsWith('at '))
  const frame = frames.find((line) => !line.includes('@tensorflow') && !ownFrame.test(line))
  return frame === undefined ? null : frame.replace(/^\s*at\s+/, '')
}

const ownFrame = /\/engine\/src\/(recording|gradients|onnx)\/(?!.*\.test\.ts)/
