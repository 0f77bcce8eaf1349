import { chatReply, GoalpostError, type ChatReply, type Checkpoint } from '@goalpost/contracts'
import type { TaskContext } from '@goalpost/experiments'
import { z } from 'zod'
import { isDamaged, isLost } from '../../../is-damaged.ts'

const journalArtifact = 'answers'

const journalFile = z.strictObject({ spent: z.number().min(0), answers: z.record(z.string(), chatReply) })
type JournalFile = z.infer<typeof journalFile>

/** Answers by the hash of what was asked, kept in checkpoints: an asking that is killed pays nothing twice. */
export type AnswerJournal = {
  /** What earlier attempts spent. */
  readonly spent: number
  read(key: string): ChatReply | undefined
  /** Not yet in a checkpoint. */
  unsaved(): number
  add(key: string, reply: ChatReply): void
  save(spent: number): Promise<void>
}

export async function openAnswerJournal(context: TaskContext): Promise<AnswerJournal> {
  const { spent, answers: kept } = await readCheckpoint(context)
  const answers = new Map(Object.entries(kept))
  let saved = answers.size
  return {
    spent,
    read: (key) => answers.get(key),
    unsaved: () => answers.size - saved,
    add: (key, reply) => void answers.set(key, reply),
    async save(spentSoFar) {
      const step = answers.size
      const file: JournalFile = { spent: spentSoFar, answers: Object.fromEntries(answers) }
      const bytes = new TextEncoder().encode(JSON.stringify(file))
      const part = await context.artifacts.write({ name: journalArtifact, bytes, mediaType: 'application/json' })
      saved = step
      await context.checkpoint({ step, parts: [part] })
    },
  }
}

async function readCheckpoint(context: TaskContext): Promise<JournalFile> {
  const { resume } = context.assignment
  if (resume === null) return { spent: 0, answers: {} }
  try {
    const file = await readFile(context, resume)
    context.log('info', `Resuming with ${Object.keys(file.answers).length} answers`)
    return file
  } catch (error) {
    if (!(isDamaged(error) || error instanceof z.ZodError || error instanceof SyntaxError) || isLost(error)) throw error
    context.log('warn', 'Asking everything again: the checkpoint cannot be read')
    return { spent: 0, answers: {} }
  }
}

async function readFile({ artifacts }: TaskContext, { parts }: Checkpoint): Promise<JournalFile> {
  const part = parts.find(({ name }) => name === journalArtifact)
  if (part === undefined) throw new GoalpostError('artifact-missing', `The checkpoint has no part ${journalArtifact}`)
  return journalFile.parse(JSON.parse(new TextDecoder().decode(await artifacts.read(part.hash))))
}
