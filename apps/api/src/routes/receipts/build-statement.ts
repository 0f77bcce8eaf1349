import {
  GoalpostError,
  receiptPredicateType,
  type ExperimentView,
  type ReceiptStatement,
  type ResultsView,
} from '@goalpost/contracts'
import { experimentHash, hashJson, type ReceiptFacts, type TestedSet } from '@goalpost/experiments'

type Given = {
  readonly experiment: ExperimentView
  readonly results: Pick<ResultsView, 'status' | 'report'>
  readonly facts: ReceiptFacts
  readonly tested: readonly TestedSet[]
  readonly now: Date
}

/** Errors: `state-conflict` unless all of the experiment has succeeded. */
export function buildStatement({ experiment, results, facts, tested, now }: Given): ReceiptStatement {
  const { id, name, protocol, resultHash, spec, resolved, verdicts } = experiment
  const runs = experiment.runs.flatMap(({ condition, seed, resultHash: hash }) =>
    hash === null ? [] : [{ condition, seed, resultHash: hash }],
  )
  if (resultHash === null || results.status !== 'final' || results.report === null)
    throw new GoalpostError('state-conflict', 'Only an experiment that has succeeded, with its analysis, has a receipt')
  // It would not be valid, and has to be found here, not by whoever gets it.
  if (experimentHash(runs, facts.shared) !== resultHash)
    throw new GoalpostError('state-conflict', 'The experiment has just changed: ask again')
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name, digest: { sha256: resultHash } }],
    predicateType: receiptPredicateType,
    predicate: {
      experiment: { id, name, protocol },
      signedAt: now.toISOString(),
      specHash: hashJson(spec),
      resolvedHash: hashJson(resolved),
      reportHash: hashJson(results.report),
      verdicts: verdicts.map(({ numbers: _numbers, ...verdict }) => verdict),
      runs,
      tested: [...tested],
      ...facts,
    },
  }
}
