/**
 * The binary form of snapshots, little-endian, holding only the given sections:
 *
 *   bytes 0–3    "GPSN"
 *   bytes 4–7    format version, 1
 *   bytes 8–11   length of the header in bytes
 *   header       JSON: { kind, meta, sections: [{ name, type, length }] }, padded with spaces to a multiple of 8
 *   sections     the elements of each, one after the other, each padded with zeros to a multiple of 8 bytes
 */
const magic = 0x4e535047
const formatVersion = 1
const prefixBytes = 12

const arrays = { f32: Float32Array, f64: Float64Array, i32: Int32Array, u8: Uint8Array } as const
type SectionType = keyof typeof arrays
export type SectionValues = Float32Array | Float64Array | Int32Array | Uint8Array

export type Snapshot<Meta> = {
  readonly kind: string
  readonly meta: Meta
  readonly sections: Readonly<Record<string, SectionValues>>
}

type Header<Meta> = {
  readonly kind: string
  readonly meta: Meta
  readonly sections: readonly { readonly name: string; readonly type: SectionType; readonly length: number }[]
}

/** Equal content gives equal bytes, if `meta` lists its fields in the same order. */
export function encodeSnapshot<Meta>({ kind, meta, sections }: Snapshot<Meta>): Uint8Array {
  const entries = Object.entries(sections)
  const listed = entries.map(([name, values]) => ({ name, type: typeOf(values), length: values.length }))
  const header = encodeHeader({ kind, meta, sections: listed })
  const size = entries.reduce((sum, [, values]) => sum + padded(values.byteLength), prefixBytes + header.length)
  const bytes = new Uint8Array(size)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, magic, true)
  view.setUint32(4, formatVersion, true)
  view.setUint32(8, header.length, true)
  bytes.set(header, prefixBytes)
  let offset = prefixBytes + header.length
  for (const [, values] of entries) {
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), offset)
    offset += padded(values.byteLength)
  }
  return bytes
}

/** @throws SnapshotError if the bytes are not a snapshot of that kind, or are truncated. */
export function parseSnapshot<Meta>(bytes: Uint8Array, kind: string): Snapshot<Meta> {
  const header = parseHeader<Meta>(bytes)
  if (header.kind !== kind) throw new SnapshotError(`it holds ${header.kind}, not ${kind}`)
  const sections: Record<string, SectionValues> = {}
  let offset = prefixBytes + new DataView(bytes.buffer, bytes.byteOffset).getUint32(8, true)
  for (const { name, type, length } of header.sections) {
    const size = length * arrays[type].BYTES_PER_ELEMENT
    if (offset + size > bytes.length) throw new SnapshotError(`it ends within ${name}`)
    // A copy: the bytes may lie at any offset of their buffer, typed arrays may not. (`slice` of a Node Buffer would be
    // a view.)
    sections[name] = new arrays[type](new Uint8Array(bytes.subarray(offset, offset + size)).buffer)
    offset += padded(size)
  }
  return { kind, meta: header.meta, sections }
}

/** The bytes are damaged, of another kind, or of a later version. */
export class SnapshotError extends Error {
  readonly code = 'artifact-missing'

  constructor(reason: string) {
    super(`This is not a usable snapshot: ${reason}`)
    this.name = 'SnapshotError'
  }
}

function encodeHeader(header: Header<unknown>): Uint8Array {
  const text = JSON.stringify(header)
  const bytes = new TextEncoder().encode(text)
  // The sections then start at a multiple of 8.
  const fill = padded(prefixBytes + bytes.length) - prefixBytes - bytes.length
  return new TextEncoder().encode(text + ' '.repeat(fill))
}

function parseHeader<Meta>(bytes: Uint8Array): Header<Meta> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < prefixBytes || view.getUint32(0, true) !== magic)
    throw new SnapshotError('its first bytes are wrong')
  const version = view.getUint32(4, true)
  if (version !== formatVersion) throw new SnapshotError(`its format is ${version}, only ${formatVersion} is known`)
  const text = new TextDecoder().decode(bytes.subarray(prefixBytes, prefixBytes + view.getUint32(8, true)))
  try {
    return JSON.parse(text) as Header<Meta>
  } catch {
    throw new SnapshotError('its header is damaged')
  }
}

function typeOf(values: SectionValues): SectionType {
  if (values instanceof Float32Array) return 'f32'
  if (values instanceof Float64Array) return 'f64'
  return values instanceof Int32Array ? 'i32' : 'u8'
}

function padded(bytes: number): number {
  return Math.ceil(bytes / 8) * 8
}
