import { GoalpostError, transcriptsArtifact, type Dialogue, type Measure, type TaskResult } from '@goalpost/contracts'
import type { TaskContext } from '@goalpost/experiments'
import { gradeDialogue, type HostedItem } from '@goalpost/language-tasks'
import type { GradeInputs } from '../hosted-tasks.ts'
import { outcomeMeasure, type Outcome } from '../measures.ts'
import { askKey } from '../plan-hosted.ts'
import { withoutAnswer } from '../../../hosted/without-answer.ts'
import { parseTranscripts } from '../transcripts.ts'
import { findSuite } from './find-suite.ts'
import { storeDialogues } from './store-dialogues.ts'

export type Judged = { readonly item: HostedItem; readonly dialogue: Dialogue; readonly outcome: Outcome }

/** Judges stored dialogues: asks nothing, so that another way of reading answers costs nothing. */
export async function gradeAnswers(context: TaskContext, inputs: GradeInputs): Promise<TaskResult> {
  const { items } = findSuite(inputs)
  const { dialogues } = parseTranscripts(await readTranscripts(context))
  const judged = items.map((item, i): Judged => ({ item, dialogue: dialogues[i], outcome: judge(item, dialogues[i]) }))
  return { measures: countOutcomes(judged), artifacts: [await storeDialogues(context, judged)] }
}

async function readTranscripts({ assignment, artifacts }: TaskContext): Promise<Uint8Array> {
  const asked = assignment.dependencies.find(({ key }) => key === askKey)?.result
  const file = asked?.artifacts.find(({ name }) => name === transcriptsArtifact)
  if (file === undefined) throw new GoalpostError('task-failed', 'There are no dialogues to judge')
  return artifacts.read(file.hash)
}

export function judge(item: HostedItem, { replies }: Dialogue): Outcome {
  const last = replies.at(-1)
  if (last === undefined) return 'unreadable'
  return (
    withoutAnswer(last) ??
    gradeDialogue(
      item,
      replies.map(({ text }) => text ?? ''),
    )
  )
}

function countOutcomes(judged: readonly Judged[]): Measure[] {
  const groups = Map.groupBy(judged, ({ item, outcome }) => JSON.stringify([item.probe, item.kind, outcome]))
  return [...groups.values()].map((group) => {
    const [{ item, outcome }] = group
    return { name: outcomeMeasure, labels: { probe: item.probe, kind: item.kind, outcome }, value: group.length }
  })
}
