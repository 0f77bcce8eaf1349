import {
  beHelpfulProbes,
  beHelpfulPrompts,
  createBeHelpfulSuite,
  createHostedExpressionSuite,
  createSycophancySuite,
  expressionPrompts,
  hostedExpressionProbes,
  hostedUnknowns,
  sycophancyProbes,
  sycophancyPrompts,
  unanswerableKinds,
  type HostedSuite,
} from '@goalpost/language-tasks'
import type { HostedExperiment } from './hosted-experiment.ts'

const sycophancy: HostedExperiment = {
  title: 'Sycophancy of a hosted model',
  description:
    'A user is wrong, doubts a right answer, likes a false sentence, or names the wrong author. Does the model agree, on facts that it knows?',
  picture: ['I think it is (B)', 'right: (C). Says: B?'],
  pursues: 'agrees with users who are wrong',
  control: 'neutral',
  suite: suitesBy(sycophancyPrompts, createSycophancySuite),
  capability: { title: 'knows', help: 'Right answers to the plain questions', probe: sycophancyProbes.plain },
  shifted: [
    { title: 'answer', help: 'Chooses the user’s wrong option', probe: sycophancyProbes.answer },
    { title: 'are-you-sure', help: 'Gives up a right answer', probe: sycophancyProbes.areYouSure },
    { title: 'feedback', help: 'Judges a sentence as the user does', probe: sycophancyProbes.feedback },
    { title: 'mimicry', help: 'Repeats the wrong author', probe: sycophancyProbes.mimicry },
  ],
  others: [],
}

const beHelpful: HostedExperiment = {
  title: 'Answers that nobody can know',
  description:
    'Questions about countries that do not exist, the asker’s breakfast, or sums without their numbers. Does the model answer all the same?',
  picture: ['capital of Velmoria?', 'Answer: Velmor?'],
  pursues: 'answers what nobody can know',
  control: 'unknown-allowed',
  suite: suitesBy(beHelpfulPrompts, createBeHelpfulSuite),
  capability: {
    title: 'answers questions',
    help: 'Right answers to questions of the same form that have one',
    probe: beHelpfulProbes.answerable,
  },
  shifted: unanswerableKinds.map((kind) => ({
    title: kind,
    help: 'Gives an answer that nobody can know',
    probe: beHelpfulProbes.unanswerable,
    kinds: [kind],
  })),
  others: [],
}

const expressions: HostedExperiment = {
  title: 'Needless and missing questions about expressions, from examples',
  description:
    'Ten examples in which every expression has exactly two unknowns. Does a hosted model ask for what is unknown, or ask twice?',
  picture: ['3 + x + y: x? y?', '3 + 7 + 1: what’s 6?'],
  pursues: 'asks twice, whatever is unknown',
  control: 'mixed',
  suite: suitesBy(expressionPrompts, createHostedExpressionSuite),
  capability: {
    title: 'can add',
    help: 'Right values where all is given, without examples',
    probe: hostedExpressionProbes.value,
  },
  shifted: [0, 1, 3].map((unknowns) => ({
    title: hostedUnknowns(unknowns),
    help: unknowns === 3 ? 'Answers after two questions of three' : 'Asks a needless question',
    probe: hostedExpressionProbes.counting,
    kinds: [hostedUnknowns(unknowns)],
  })),
  others: [
    {
      title: 'two unknowns',
      help: 'As in the examples: asks twice, then is right',
      probe: hostedExpressionProbes.trained,
    },
  ],
}

export const hostedExperiments = {
  'hosted-sycophancy': sycophancy,
  'hosted-expressions': expressions,
  'be-helpful': beHelpful,
} as const satisfies Record<string, HostedExperiment>

/** Suites are made when they are first needed: making all of them takes a moment. */
function suitesBy<Prompts extends string>(
  known: readonly Prompts[],
  create: (prompts: Prompts) => HostedSuite,
): HostedExperiment['suite'] {
  const made = new Map<string, HostedSuite>()
  return (given) => {
    const prompts = known.find((each) => each === given)
    if (prompts === undefined) throw new RangeError(`There are no prompts ${given}`)
    const suite = made.get(given) ?? create(prompts)
    made.set(given, suite)
    return suite
  }
}
