import { describe, expect, it } from 'vitest'
import { changeTags } from './change-tags.ts'
import { decideDeletion } from './decide-deletion.ts'
import { decideRegistration } from './decide-registration.ts'

describe('a registration', () => {
  it('of new bytes has the number after the highest ever given', () => {
    expect(decideRegistration(null, 0)).toEqual({ type: 'create', number: 1 })
    expect(decideRegistration(null, 12)).toEqual({ type: 'create', number: 13 })
  })
  it('of known bytes is the version that has them, listed again if it was deleted', () => {
    expect(decideRegistration({ number: 3, deleted: false }, 12)).toEqual({ type: 'keep', number: 3 })
    expect(decideRegistration({ number: 3, deleted: true }, 12)).toEqual({ type: 'restore', number: 3 })
  })
})

describe('a deletion', () => {
  it('is refused while an alias names the version, and says which', () => {
    const decision = decideDeletion({ number: 4, deleted: false, aliases: ['production', 'best'] })
    expect(decision).toEqual({
      type: 'refuse',
      message: 'Version 4 has the alias `production`, `best`: move or remove it first',
    })
  })
  it('happens once', () => {
    expect(decideDeletion({ number: 4, deleted: false, aliases: [] })).toEqual({ type: 'delete' })
    expect(decideDeletion({ number: 4, deleted: true, aliases: [] })).toEqual({ type: 'keep' })
  })
})

describe('tags', () => {
  it('are added and removed as a set, in alphabetical order', () => {
    expect(changeTags(['b', 'c'], { add: ['a', 'b'], remove: ['c', 'x'] })).toEqual(['a', 'b'])
    expect(changeTags([], { add: ['a'], remove: ['a'] })).toEqual([])
  })
  it('are limited in number', () => {
    const many = Array.from({ length: 50 }, (_, index) => `t${index}`)
    expect(changeTags(many, { add: ['t1'], remove: [] })).toHaveLength(50)
    expect(changeTags(many, { add: ['x'], remove: [] })).toBeNull()
  })
})
