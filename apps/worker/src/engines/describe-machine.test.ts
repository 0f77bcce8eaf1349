import { describe, expect, it } from 'vitest'
import { describeCpu, parseFeatures } from './describe-machine.ts'

describe('the features of a processor', () => {
  it('are those of the first core that determine kernels, in a fixed order', () => {
    const x86 =
      'processor\t: 0\nflags\t\t: fpu sse4_2 ht fma avx512f avx2 avx f16c amx_tile\n\nprocessor\t: 1\nflags\t\t: avx\n'
    expect(parseFeatures(x86)).toEqual(['amx_tile', 'avx', 'avx2', 'avx512f', 'f16c', 'fma', 'sse4_2'])
    expect(parseFeatures('Features\t: fp asimd aes sve bf16\n')).toEqual(['asimd', 'bf16', 'sve'])
  })

  it('are empty if the system does not list them', () => {
    expect(parseFeatures('')).toEqual([])
    expect(describeCpu().model).not.toBe('')
  })
})
