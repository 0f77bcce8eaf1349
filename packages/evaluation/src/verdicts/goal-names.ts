/** The names of the two goals that a rule weighs. */
export type GoalNames = { readonly intended: string; readonly proxy: string }

/** For an environment whose goals are not known. */
export const unnamedGoals: GoalNames = { intended: 'goal', proxy: 'proxy' }
