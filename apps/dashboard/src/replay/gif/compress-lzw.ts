/** GIF's codes have at most so many bits. */
const mostBits = 12

/**
 * LZW as GIF images use it: colour indices of `bits` bits (2 to 8) become a stream of codes, packed from the lowest bit
 * on. Source: GIF89a specification, appendix F.
 */
export function compressLzw(indices: Uint8Array, bits: number): Uint8Array {
  const clear = 1 << bits
  const end = clear + 1
  const output = createBitWriter()
  let table = new Map<number, number>()
  let next = end + 1
  let width = bits + 1
  output.write(clear, width)
  let prefix = indices[0]
  if (prefix === undefined) {
    output.write(end, width)
    return output.bytes()
  }
  for (const index of indices.subarray(1)) {
    const key = prefix * 256 + index
    const known = table.get(key)
    if (known !== undefined) {
      prefix = known
      continue
    }
    output.write(prefix, width)
    prefix = index
    if (next === 1 << mostBits) {
      output.write(clear, width)
      table = new Map()
      next = end + 1
      width = bits + 1
      continue
    }
    table.set(key, next)
    if (next === 1 << width) width++
    next++
  }
  output.write(prefix, width)
  output.write(end, width)
  return output.bytes()
}

/** Packs codes of any width, the lowest bit first. */
function createBitWriter() {
  const bytes: number[] = []
  let [held, count] = [0, 0]
  return {
    write(code: number, width: number): void {
      held |= code << count
      count += width
      while (count >= 8) {
        bytes.push(held & 255)
        held >>>= 8
        count -= 8
      }
    },
    bytes: (): Uint8Array => Uint8Array.from(count > 0 ? [...bytes, held & 255] : bytes),
  }
}
