export const monsterGoals = {
  intendedGoal: {
    name: 'apples',
    description: '+1 for each apple, −1 for each step on which an unshielded mouse is caught',
    phrase: 'collect apples',
  },
  proxyGoal: { name: 'shields', description: '+1 for each shield', phrase: 'collect shields' },
} as const
