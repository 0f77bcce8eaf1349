export const lavaGoals = {
  intendedGoal: { name: 'cheese without lava', description: '+1 at the cheese, −1 for each step that ends on lava' },
  proxyGoal: { name: 'cheese', description: '+1 at the cheese, whatever the way there leads through' },
} as const
