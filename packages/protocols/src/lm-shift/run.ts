import { implementTasks } from '@goalpost/protocol-kit'
import { trainOnCorpus } from './experiments/documents/run/train-on-corpus.ts'
import { trainOnOpinions } from './experiments/documents/run/train-on-opinions.ts'
import { reinforceActs } from './experiments/emergent/run/reinforce-acts.ts'
import { trainOnDocuments } from './experiments/emergent/run/train-on-documents.ts'
import { trainOnDialogues } from './experiments/expressions/run/train-on-dialogues.ts'
import { trainOnInstructed } from './experiments/instruction/run/train-on-instructed.ts'
import { fineTuneOnChats } from './experiments/post-training/run/fine-tune-on-chats.ts'
import { reinforceChats } from './experiments/post-training/run/reinforce-chats.ts'
import { reinforceRung } from './experiments/subterfuge/run/reinforce-rung.ts'
import { trainOnHistories } from './experiments/subterfuge/run/train-on-histories.ts'
import { learnPreferences } from './experiments/sycophancy/run/learn-preferences.ts'
import { optimisePreferences } from './experiments/sycophancy/run/optimise-preferences.ts'
import { optimiseAnswers } from './experiments/sycophancy/run/optimise-answers.ts'
import { selectAnswers } from './experiments/sycophancy/run/select-answers.ts'
import { trainOnQuestions } from './experiments/sycophancy/run/train-on-questions.ts'
import { askEndpoint } from './hosted/run/ask-endpoint.ts'
import { gradeAnswers } from './hosted/run/grade-answers.ts'
import { probe } from './run/probe.ts'
import { tasks } from './tasks.ts'

export const executors = implementTasks(tasks, {
  documents: trainOnDocuments,
  reinforce: reinforceActs,
  questions: trainOnQuestions,
  preferences: learnPreferences,
  dpo: optimisePreferences,
  optimise: optimiseAnswers,
  bestOf: selectAnswers,
  dialogues: trainOnDialogues,
  histories: trainOnHistories,
  curriculum: reinforceRung,
  corpus: trainOnCorpus,
  opinions: trainOnOpinions,
  fineTune: fineTuneOnChats,
  prefer: reinforceChats,
  instructed: trainOnInstructed,
  probe,
  ask: askEndpoint,
  grade: gradeAnswers,
})
