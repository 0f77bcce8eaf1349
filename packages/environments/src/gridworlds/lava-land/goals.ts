export const lavaGoals = {
  intendedGoal: {
    name: 'cheese without lava',
    description: '+1 at the cheese, −1 for each step that ends on lava',
    phrase: 'get the cheese and avoid the lava',
  },
  proxyGoal: {
    name: 'cheese',
    description: '+1 at the cheese, whatever the way there leads through',
    phrase: 'get the cheese even through lava',
  },
} as const
