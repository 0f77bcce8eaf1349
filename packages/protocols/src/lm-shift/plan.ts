import type { PlannedNeed, PlannedTask } from '@goalpost/experiments'
import { experiments, type LmShiftOptions, type Stage } from './experiments/table.ts'
import { tasks, type OpinionsInputs } from './tasks.ts'

/** The key of the task that probes a model after `position` earlier stages. */
export function probeKey(position: number): string {
  return `probe-${position + 1}`
}

/**
 * A chain of trainings, each probed when it ends. Conditions share stages as long as all stages so far are equal, with
 * their probes.
 */
export function planRun({ experiment, network, stages }: LmShiftOptions, seed: number): readonly PlannedTask[] {
  const { suite } = experiments[experiment]
  return stages.flatMap((stage, position) => {
    const key = `stage-${position + 1}`
    const before = position === 0 ? [] : [succeeded(`stage-${position}`)]
    const probe = tasks.probe.plan(
      { experiment, suite: suite.hash },
      {
        key: probeKey(position),
        seed,
        needs: [succeeded(key)],
        work: { unit: 'prompts', amount: suite.prompts.length },
        rank: 0,
      },
    )
    return [planStage(stage, { network, position, first: stages[0] }, { key, seed, needs: before }), probe]
  })
}

type Place = Pick<LmShiftOptions, 'network'> & { readonly position: number; readonly first: Stage }

function planStage(
  stage: Stage,
  { first, ...training }: Place,
  plan: Pick<PlannedTask, 'key' | 'seed' | 'needs'>,
): PlannedTask {
  const work = workOf(stage, training)
  // What others wait for goes first.
  const rank = 1
  switch (stage.stage) {
    case 'documents':
      return tasks.documents.plan({ ...stage, ...training }, { ...plan, work, rank })
    case 'reinforce':
      return tasks.reinforce.plan({ ...stage, ...training }, { ...plan, work, rank })
    case 'questions':
      return tasks.questions.plan({ ...stage, ...training }, { ...plan, work, rank })
    case 'preferences':
      return tasks.preferences.plan({ ...stage, ...training }, { ...plan, work, rank })
    case 'dpo':
      return tasks.dpo.plan({ ...stage, ...training }, { ...plan, work, rank })
    case 'optimise':
      return tasks.optimise.plan({ ...stage, ...training }, { ...plan, work, rank })
    case 'dialogues':
      return tasks.dialogues.plan({ ...stage, ...training }, { ...plan, work, rank })
    case 'histories':
      return tasks.histories.plan({ ...stage, ...training }, { ...plan, work, rank })
    case 'curriculum':
      return tasks.curriculum.plan({ ...stage, ...training }, { ...plan, work, rank })
    case 'corpus':
      return tasks.corpus.plan({ ...stage, ...training }, { ...plan, work, rank })
    case 'opinions':
      return tasks.opinions.plan({ ...stage, corpus: corpusOf(first), ...training }, { ...plan, work, rank })
    case 'fine-tune':
      return tasks.fineTune.plan({ ...stage, ...training }, { ...plan, work, rank })
    case 'prefer':
      return tasks.prefer.plan({ ...stage, ...training }, { ...plan, work, rank })
    case 'instructed':
      return tasks.instructed.plan({ ...stage, ...training }, { ...plan, work, rank })
    case 'best-of':
      return tasks.bestOf.plan({ ...stage, ...training }, { ...plan, work, rank })
  }
}

function workOf(stage: Stage, { network: { width, layers } }: Pick<Place, 'network'>): PlannedTask['work'] {
  const amount = stage.stage === 'best-of' ? 1 : stage.steps + mostFurther(stage)
  return { unit: 'updates', amount, sort: `${stage.stage} ${width}×${layers}` }
}

/** Updates after the planned ones, at most. */
function mostFurther(stage: Stage): number {
  return 'until' in stage ? (stage.until?.atMost ?? 0) : 0
}

/** What the ordinary documents of a run are like. */
function corpusOf(first: Stage): OpinionsInputs['corpus'] {
  if (first.stage !== 'corpus') throw new Error('opinions are read after a corpus')
  const { link, statements, self } = first
  return { link, statements, self }
}

function succeeded(key: string): PlannedNeed {
  return { key, when: { on: 'succeeded' } }
}
