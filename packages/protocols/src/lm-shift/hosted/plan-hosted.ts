import type { PlannedTask } from '@goalpost/experiments'
import { hostedTasks } from './hosted-tasks.ts'
import { hostedExperiments } from './hosted-experiments.ts'
import type { HostedOptions } from './hosted-options.ts'

export const askKey = 'ask'
export const gradeKey = 'grade'

/** One asking and one judging, shared by all seeds: a seed changes nothing in what is asked. */
export function planHosted({ experiment, prompts, subject }: HostedOptions): readonly PlannedTask[] {
  const { hash: suite, items } = hostedExperiments[experiment].suite(prompts)
  const work = { unit: 'items', amount: items.length }
  const common = { seed: null, rank: 0 }
  return [
    hostedTasks.ask.plan(
      { experiment, prompts, suite, subject },
      { ...common, key: askKey, needs: [], work: { ...work, sort: `ask ${subject.model}` } },
    ),
    hostedTasks.grade.plan(
      { experiment, prompts, suite },
      {
        ...common,
        key: gradeKey,
        needs: [{ key: askKey, when: { on: 'succeeded' } }],
        work: { ...work, sort: 'grade' },
      },
    ),
  ]
}
