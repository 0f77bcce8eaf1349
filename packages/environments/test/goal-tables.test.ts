import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { environments } from '../src/registry.ts'

test.each([...environments.values()])('the page of $name lists its goals with their roles', ({ name, goals }) => {
  const page = readFileSync(new URL(`../../../docs/environments/${name}.md`, import.meta.url), 'utf8')
  const rows = [...page.matchAll(/^\| `([a-z-]+)` \| (intended|proxy|other) \|/gm)].map(([, goal, role]) => [
    goal,
    role,
  ])
  expect(rows).toEqual(goals.map((goal) => [goal.name, goal.role]))
})
