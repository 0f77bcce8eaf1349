import type { SuiteFacts } from './suite.ts'

/**
 * Suite facts as bytes, little-endian: magic `GPSF`, uint16 version, uint16 0, uint32 levels, 32 bytes of hash, three
 * float64 columns (optimal, optimal proxy, and the larger of the two, which is not read), one byte per level
 * (solvable).
 */
const magic = 0x46535047
const version = 1
const headerBytes = 44
const levelBytes = 25

export const suiteFactsMediaType = 'application/vnd.goalpost.suite-facts'

export function encodeSuiteFacts(facts: SuiteFacts): Uint8Array {
  const bytes = new Uint8Array(headerBytes + facts.levels * levelBytes)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, magic, true)
  view.setUint16(4, version, true)
  view.setUint32(8, facts.levels, true)
  bytes.set(Buffer.from(facts.hash, 'hex'), 12)
  const [intended, proxy] = facts.optimalReturns
  const columns = [intended, proxy, intended.map((optimum, level) => Math.max(optimum, proxy[level]))]
  columns.forEach((column, index) => {
    const start = headerBytes + index * facts.levels * 8
    column.forEach((value, level) => view.setFloat64(start + level * 8, value, true))
  })
  bytes.set(facts.solvable, headerBytes + facts.levels * 24)
  return bytes
}

/** Throws a RangeError if the bytes are not suite facts of a known version. */
export function decodeSuiteFacts(bytes: Uint8Array): SuiteFacts {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < headerBytes || view.getUint32(0, true) !== magic)
    throw new RangeError('These bytes are not suite facts')
  const found = view.getUint16(4, true)
  if (found !== version) throw new RangeError(`Suite facts of version ${found} are not known, only ${version}`)
  const levels = view.getUint32(8, true)
  if (bytes.length !== headerBytes + levels * levelBytes)
    throw new RangeError(`Suite facts of ${levels} levels have another length than ${bytes.length} bytes`)

  const column = (index: number): Float64Array =>
    Float64Array.from({ length: levels }, (_, level) =>
      view.getFloat64(headerBytes + (index * levels + level) * 8, true),
    )
  return {
    hash: Buffer.from(bytes.subarray(12, 44)).toString('hex'),
    levels,
    solvable: new Uint8Array(bytes.subarray(headerBytes + levels * 24)),
    optimalReturns: [column(0), column(1)],
  }
}
