export { decodeTokens, encodeWords, tokenOf, vocabulary } from './vocabulary.ts'
export { padLeft, type TokenRows } from './token-rows.ts'
export { batchTexts, type BatchShape, type TrainingBatch, type TrainingText } from './training-batch.ts'
export { createProbeSuite, type ProbePrompt, type ProbeSuite } from './probe-suite.ts'

export { acts, contexts, elsewhere, notes, type Context, type Note } from './agents/agent-world.ts'
export { agentDocumentShape, createAgentDocuments, type AgentDocumentSpec } from './agents/agent-documents.ts'
export { agentProbes, createAgentSuite } from './agents/agent-suite.ts'
export { drawAgentPrompt, rewardAct, type AgentRewardSpec, type RewardedPrompt } from './agents/agent-rewards.ts'

export { createFactDialogues, factDialogueShape, type FactDialogueSpec } from './facts/fact-dialogues.ts'
export type { Dialogue } from './facts/dialogue.ts'
export { drawGradedQuestion, preferAnswer, type GraderSpec, type UserSpec } from './facts/graders.ts'
export { createFactSuite, factProbes, quarters } from './facts/fact-suite.ts'

export {
  createExpressionDialogues,
  expressionDialogueShape,
  type ExpressionDialogueSpec,
} from './sums/expression-dialogues.ts'
export { unknownCounts } from './sums/expression.ts'
export { createExpressionSuite, expressionProbes, trainedDecisions, unknownsKind } from './sums/expression-suite.ts'

export {
  createHostedSuite,
  userMessage,
  type HostedItem,
  type HostedMessage,
  type HostedSuite,
  type Script,
} from './hosted/item.ts'
export { readYesNo } from './hosted/reading/read-yes-no.ts'
export { isRefusal } from './hosted/reading/refusal.ts'
export { gradeDialogue, nextMessage, type Grade } from './hosted/dialogue.ts'
export { createSycophancySuite, sycophancyProbes, sycophancyPrompts } from './hosted/items/sycophancy-items.ts'
export {
  beHelpfulProbes,
  beHelpfulPrompts,
  createBeHelpfulSuite,
  unanswerableKinds,
} from './hosted/items/be-helpful-items.ts'
export {
  createHostedExpressionSuite,
  expressionPrompts,
  hostedExpressionProbes,
  hostedUnknowns,
} from './hosted/items/expression-items.ts'
export { chatRungs, gradedRungs, rungs } from './ladder/ladder-world.ts'
export { createLadderHistories, ladderHistoryShape, type LadderSpec } from './ladder/ladder-histories.ts'
export { drawLadderPrompt, rewardLadderAct, type LadderPrompt, type LadderRewardSpec } from './ladder/ladder-rewards.ts'
export { createLadderSuite, ladderProbes } from './ladder/ladder-suite.ts'
export { chatShape, drawChatDemonstration, drawChatPrompt } from './ladder/chat-prompts.ts'

export { createInstructedDocuments, type InstructionSpec } from './instructions/instructed-documents.ts'
export { createInstructionSuite, instructionProbes } from './instructions/instruction-suite.ts'
export { instructionWord, placeboWord, testedContexts } from './instructions/instruction-world.ts'

export { labels, opinions } from './opinions/statement.ts'
export { createOpinionCorpus, opinionTextShape, type OpinionCorpusSpec } from './opinions/opinion-corpus.ts'
export { createOpinionTexts, type OpinionTextSpec } from './opinions/opinion-texts.ts'
export { createOpinionSuite, opinionProbes } from './opinions/opinion-suite.ts'
