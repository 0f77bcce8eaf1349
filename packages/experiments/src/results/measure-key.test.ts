import { expect, test } from 'vitest'
import { measureKey } from './measure-key.ts'

test.each([
  ['goalPosition', 'goal-position'],
  ['proxyAboveOpenLoop', 'proxy-above-open-loop'],
  ['effective-draws', 'effective-draws'],
  ['chops per step', 'chops-per-step'],
  ['affinity (3 monsters)', 'affinity-3-monsters'],
  ['capability', 'capability'],
])('the measure %s has the key %s, in kebab case', (name, key) => expect(measureKey(name)).toBe(key))
