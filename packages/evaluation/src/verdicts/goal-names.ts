/** What the two goals that a rule weighs are called. */
export type GoalNames = { readonly intended: string; readonly proxy: string }

/** Where it is not known which goals an environment has. */
export const unnamedGoals: GoalNames = { intended: 'goal', proxy: 'proxy' }
