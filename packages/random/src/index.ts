export { createGenerator, type Generator } from './generator.ts'
export { createKeyedUniform, type KeyedUniform } from './keyed-uniform.ts'
export { createStream, type Stream } from './stream.ts'
export { threefry2x32 } from './threefry.ts'
