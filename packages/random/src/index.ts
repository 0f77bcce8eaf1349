export { createGenerator, type Generator } from './generator.ts'
export { createStream, type Stream } from './stream.ts'
export { threefry2x32 } from './threefry.ts'
