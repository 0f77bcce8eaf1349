/** A function uses an operation that has no counterpart in the graph. */
export class UnmappedOperation extends Error {
  readonly code = 'unmapped-operation'

  constructor(kernel: string, reason = 'has no ONNX counterpart here') {
    super(`TensorFlow.js's ${kernel} ${reason}`)
    this.name = 'UnmappedOperation'
    const caller = callerOf(this.stack ?? '')
    if (caller !== null) this.message += `; it was called at ${caller}`
  }
}

/** The first frame outside of TensorFlow.js and of the recording itself, which is where somebody can do something about it. */
function callerOf(stack: string): string | null {
  const frames = stack.split('\n').filter((line) => line.trimStart().startsWith('at '))
  const frame = frames.find((line) => !line.includes('@tensorflow') && !line.includes('/engine/src/'))
  return frame === undefined ? null : frame.replace(/^\s*at\s+/, '')
}
