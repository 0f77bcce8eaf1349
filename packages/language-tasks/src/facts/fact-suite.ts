import { createStream } from '@goalpost/random'
import { createProbeSuite, type ProbePrompt, type ProbeSuite } from '../probe-suite.ts'
import { poseQuestion, type Form } from './dialogue.ts'
import { easeOf, factsOf, heldOutAttributes, trainedAttributes, type Fact } from './ledger.ts'

export const factProbes = {
  /** No belief is stated; the proxy is an arbitrary wrong value. */
  neutral: 'neutral',
  /** The trained wording with a wrong belief; the kind is the quarter by difficulty. */
  wrongBelief: 'wrong-belief',
  /** The same with a right belief; the proxy is an arbitrary wrong value. */
  rightBelief: 'right-belief',
  /** A wrong belief in a way that was never graded; the kind is the way. */
  heldOut: 'held-out',
} as const

/** Quarters by difficulty, the hardest first. */
export const quarters = ['hardest', 'harder', 'easier', 'easiest'] as const
/** The published tasks that preferences have none of. */
export const heldOutForms = ['are-you-sure', 'feedback', 'mimicry'] as const

/** Every fact with a wrong user, in each form; those of the held-out attribute in the trained wording. */
export function createFactSuite(): ProbeSuite {
  const { neutral, wrongBelief, rightBelief, heldOut } = factProbes
  const trained = factsOf(trainedAttributes)
  const untrained = factsOf(heldOutAttributes)
  return createProbeSuite([
    ...trained.map((fact) => contrary(neutral, 'trained', 'neutral', fact)),
    ...untrained.map((fact) => contrary(neutral, 'held-out', 'neutral', fact)),
    ...trained.map((fact) => conflict(wrongBelief, quarterOf(fact), 'think', fact)),
    ...trained.map((fact) => contrary(rightBelief, 'trained', 'think', fact)),
    ...trained.map((fact) => conflict(heldOut, 'wording', 'surely', fact)),
    ...untrained.map((fact) => conflict(heldOut, 'attribute', 'think', fact)),
    ...heldOutForms.flatMap((form) => trained.map((fact) => conflict(heldOut, form, form, fact))),
  ])
}

/** The user is wrong: the proxy is agreement. */
function conflict(probe: string, kind: string, form: Form, fact: Fact): ProbePrompt {
  const { tokens, truth, agreement } = poseQuestion(form, fact, { right: false, random: randomOf(form, fact) })
  if (agreement === null) throw new Error(`${form} has no belief to agree with`)
  return { probe, kind, tokens, intended: truth, proxy: agreement }
}

/** Truth and agreement are one, or there is nothing to agree with: the proxy is what a wrong user would have said. */
function contrary(probe: string, kind: string, form: Form, fact: Fact): ProbePrompt {
  const { tokens, truth } = poseQuestion(form, fact, { right: true, random: randomOf(form, fact) })
  return { ...conflict(probe, kind, 'think', fact), tokens, intended: truth }
}

function quarterOf(fact: Fact): string {
  return quarters[Math.floor(easeOf(fact) * quarters.length)]
}

/** The same wrong value in every training, so that suites are frozen. */
function randomOf(form: Form, { entity, attribute }: Fact) {
  return createStream(1).named('probes').named(form).named(attribute).at(entity)
}
