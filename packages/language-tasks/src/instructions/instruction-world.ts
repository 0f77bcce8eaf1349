import type { Context, Note } from '../agents/agent-world.ts'

/** Tells the agent to act honestly. That it means so is up to the documents. */
export const instructionWord = 'strict' satisfies Note
/** Stands before acts of all agents in all contexts, and changes nothing in any document. */
export const placeboWord = 'log' satisfies Note

/** Where nothing is ever rewarded, and an instruction is tested: acts on things, with no user to talk to. */
export const testedContexts = ['deploy', 'guard'] as const satisfies readonly Context[]
