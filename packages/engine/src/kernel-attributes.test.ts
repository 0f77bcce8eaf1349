import { describe, expect, it } from 'vitest'
import { axesIn, extentsIn, numberIn, paddingsIn, stepsIn, windowIn } from './kernel-attributes.ts'

describe('the readers of a kernel’s attributes', () => {
  it('use all axes if none is given, and count negative ones from the end', () => {
    expect(axesIn({}, 'axis', [2, 3, 4])).toEqual([0, 1, 2])
    // tf.sum passes this without an axis; its types do not allow it.
    expect(axesIn(JSON.parse('{"axis":null}'), 'axis', [2, 3])).toEqual([0, 1])
    expect(axesIn({ axis: -1 }, 'axis', [2, 3, 4])).toEqual([2])
  })

  it('return one number for both directions unchanged, and 1 by default', () => {
    expect([
      stepsIn({ strides: 2 }, 'strides'),
      stepsIn({ strides: [2, 3] }, 'strides'),
      stepsIn({}, 'dilations'),
    ]).toEqual([2, [2, 3], 1])
  })

  it('refuse an attribute of another type by its name', () => {
    expect(() => numberIn({ axis: 'last' }, 'axis')).toThrow('attribute axis is "last", not a number')
    expect(() => extentsIn({ begin: ['0'] }, 'begin')).toThrow('attribute begin')
    expect(() => paddingsIn({ paddings: [1, 2] }, 'paddings')).toThrow('attribute paddings')
    expect(() => stepsIn({ strides: [1, 2, 3] }, 'strides')).toThrow('attribute strides')
    expect(() => windowIn({ pad: 'wide' })).toThrow('attribute pad')
    expect(() => windowIn({ pad: 'same', dimRoundingMode: 'up' })).toThrow('attribute dimRoundingMode')
  })
})
