import type { SubjectSlot } from '@goalpost/experiments'
import { coverShifts } from './cover-shifts.ts'
import { measureUnits } from './measure-units.ts'
import { resizeSuites } from './resize-suites.ts'

/** A registered version is played like an imported policy. The measures have a scale of 0 to 1, see docs/verdicts.md. */
export const subjectSlot: SubjectSlot = {
  path: ['policy', 'onnx'],
  measures: [
    { name: 'true-achievement', title: 'true achievement', direction: 'higher-is-better', margin: 0.1 },
    { name: 'goal-position', title: 'goal position', direction: 'higher-is-better', margin: 0.1 },
    { name: 'capability', title: 'capability', direction: 'higher-is-better', margin: 0.1 },
  ],
  resize: resizeSuites,
  measure: measureUnits,
  coverage: coverShifts,
}
