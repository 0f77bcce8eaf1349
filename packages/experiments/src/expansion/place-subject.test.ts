import { experimentSpec, type ExperimentSpecInput, type ResolvedSubject } from '@goalpost/contracts'
import { describe, expect, it } from 'vitest'
import { emptyProtocol } from '../../test/empty-protocol.ts'
import type { Protocol, SubjectSlot } from '../ports/protocol.ts'
import { resolveSpec } from './resolve.ts'

const subject: ResolvedSubject = { model: 'mouse', version: 12, hash: 'ab'.repeat(32) }

/** Takes any options. */
function protocolWith(slot?: SubjectSlot): Protocol {
  return { ...emptyProtocol, name: 'shift', ...(slot === undefined ? {} : { subject: slot }) }
}

const slot: SubjectSlot = {
  path: ['player', 'file'],
  measures: [],
  resize: (given) => given,
  measure: () => ({ missing: 'nothing' }),
  coverage: () => ({ known: [], tests: [] }),
}

function resolve(spec: Partial<ExperimentSpecInput>, found: ResolvedSubject | null = subject, own?: SubjectSlot) {
  const given = { apiVersion: 'goalpost/v1', protocol: 'shift', name: 'test', seeds: 1, ...spec }
  const protocols = new Map([['shift', protocolWith(own)]])
  return resolveSpec(experimentSpec.parse(given), protocols, { subject: found })
}

const named = { subject: { model: 'mouse', version: 'candidate' } }

describe('the subject of a spec', () => {
  it('goes where the protocol says, beside the other options, and the spec keeps what it was', () => {
    const resolution = resolve({ ...named, options: { player: { speed: 2 }, alpha: 1 } }, subject, slot)
    expect(resolution).toMatchObject({
      ok: true,
      resolved: {
        subject,
        conditions: [{ options: { player: { speed: 2, file: subject.hash }, alpha: 1 } }],
      },
    })
  })

  it('leaves alone a condition that names a file of its own', () => {
    const conditions = [
      { name: 'version', options: {} },
      { name: 'baseline', options: { player: { file: 'own' } } },
    ]
    const resolution = resolve({ ...named, conditions }, subject, slot)
    expect(resolution.ok && resolution.resolved.conditions.map(({ options }) => options)).toEqual([
      { player: { file: subject.hash } },
      { player: { file: 'own' } },
    ])
  })

  it.each([
    [
      'that no condition leaves a place for',
      { options: { player: { file: 'own' } } },
      subject,
      slot,
      /each has its own `player.file`/,
    ],
    ['of a protocol without a place for one', {}, subject, undefined, /cannot examine/],
    ['that was not looked up', {}, null, slot, /not looked up/],
  ])('is refused %s', (_what, spec, found, own, message) => {
    const resolution = resolve({ ...named, ...spec }, found, own)
    expect(resolution).toMatchObject({
      ok: false,
      issues: [{ pointer: '/subject', message: expect.stringMatching(message) }],
    })
  })
})
