import {
  chatReply,
  chatRequest,
  GoalpostError,
  type ArtifactRef,
  type ChatMessage,
  type ChatReply,
  type Checkpoint,
} from '@goalpost/contracts'
import type { TaskContext } from '@goalpost/experiments'
import { z } from 'zod'
import { isDamaged, isLost } from '../../is-damaged.ts'

export const journalArtifact = 'answers'

const journalFile = z.strictObject({
  /** At least what was spent when it was written, and until the next one was. */
  spent: z.number().min(0),
  answers: z.record(z.string(), chatReply),
  /** What was asked, for those who need it again. */
  asked: z.record(z.string(), chatRequest.shape.messages).optional(),
})
type JournalFile = z.infer<typeof journalFile>

/** Answers by the hash of what was asked, kept in checkpoints: an asking that is killed pays for none of them twice. */
export type AnswerJournal = {
  /** What the last checkpoint says. */
  spent(): number
  read(key: string): ChatReply | undefined
  count(): number
  /** In the order of their keys. Only of a journal with questions. */
  answers(): readonly KeptAnswer[]
  /** Not yet in a checkpoint. */
  unsaved(): number
  add(key: string, reply: ChatReply, asked: readonly ChatMessage[]): void
  /** Keeps a part with everything, after those that are being kept. `spent`: unchanged if missing. */
  save(spent?: number): Promise<void>
  /** The same part, for a checkpoint that somebody else writes now. Not while anything is asked. */
  part(spent: number): Promise<ArtifactRef>
  /** Whether the checkpoint's part could not be read. */
  readonly isLost: boolean
}

type KeptAnswer = { readonly key: string; readonly asked: readonly ChatMessage[]; readonly reply: ChatReply }

type Keeping = {
  /** Whether questions are kept beside answers. */
  readonly withQuestions?: boolean
  /** Writes a checkpoint with the part. */
  readonly keep: (part: ArtifactRef, answers: number) => Promise<void>
}

/** @throws GoalpostError `cost-limit` if there is a limit, and no telling what was spent of it */
export async function openAnswerJournal(
  context: TaskContext,
  costLimit: number | null,
  { keep, withQuestions = false }: Keeping,
): Promise<AnswerJournal> {
  const kept = await readCheckpoint(context, costLimit)
  const answers = new Map(Object.entries(kept?.answers ?? {}))
  const questions = new Map(Object.entries(kept?.asked ?? {}))
  let spent = kept?.spent ?? 0
  let saved = answers.size
  let saving: Promise<void> = Promise.resolve()

  async function write(spentNow: number): Promise<ArtifactRef> {
    const count = answers.size
    const file: JournalFile = {
      spent: spentNow,
      answers: Object.fromEntries(answers),
      ...(withQuestions ? { asked: Object.fromEntries(questions) } : {}),
    }
    const bytes = new TextEncoder().encode(JSON.stringify(file))
    const part = await context.artifacts.write({ name: journalArtifact, bytes, mediaType: 'application/json' })
    saved = count
    return part
  }

  async function writeAndKeep(spentNow: number): Promise<void> {
    const count = answers.size
    await keep(await write(spentNow), count)
    // Only now: requests wait for it.
    spent = spentNow
  }

  return {
    spent: () => spent,
    read: (key) => answers.get(key),
    count: () => answers.size,
    answers: () =>
      [...answers]
        .map(([key, reply]) => ({ key, asked: questions.get(key) ?? [], reply }))
        .toSorted((a, b) => (a.key < b.key ? -1 : 1)),
    unsaved: () => answers.size - saved,
    add(key, reply, asked) {
      answers.set(key, reply)
      if (withQuestions) questions.set(key, asked)
    },
    save(spentNow) {
      const written = saving.then(() => writeAndKeep(spentNow ?? spent))
      saving = written.catch(() => undefined)
      return written
    },
    async part(spentNow) {
      await saving
      spent = spentNow
      return write(spentNow)
    },
    isLost: kept === null,
  }
}

/** Null if it cannot be read. */
async function readCheckpoint(context: TaskContext, costLimit: number | null): Promise<JournalFile | null> {
  const { resume } = context.assignment
  if (resume === null) return { spent: 0, answers: {} }
  try {
    const file = await readFile(context, resume)
    context.log('info', `Resuming with ${Object.keys(file.answers).length} answers`)
    return file
  } catch (error) {
    if (!(isDamaged(error) || error instanceof z.ZodError || error instanceof SyntaxError) || isLost(error)) throw error
    if (costLimit !== null) throw spentUnknown(costLimit)
    context.log('warn', 'Asking everything again: the checkpoint cannot be read')
    return null
  }
}

function spentUnknown(costLimit: number): GoalpostError {
  return new GoalpostError(
    'cost-limit',
    `The checkpoint cannot be read, so nobody knows what is spent of the cost limit of ${costLimit}. Submit the experiment anew with \`fresh: true\``,
  )
}

async function readFile({ artifacts }: TaskContext, { parts }: Checkpoint): Promise<JournalFile> {
  const part = parts.find(({ name }) => name === journalArtifact)
  if (part === undefined) throw new GoalpostError('artifact-missing', `The checkpoint has no part ${journalArtifact}`)
  return journalFile.parse(JSON.parse(new TextDecoder().decode(await artifacts.read(part.hash))))
}
