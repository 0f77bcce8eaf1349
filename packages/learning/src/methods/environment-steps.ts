/**
 * Series of environment steps, of methods in which they differ from the steps that the trained policy learns from: learned
 * from by all policies of the method together, and played, learned from or not. Reports read costs by these names.
 */
export const environmentSteps = {
  learned: 'environment steps learned from by all',
  played: 'environment steps played',
} as const
