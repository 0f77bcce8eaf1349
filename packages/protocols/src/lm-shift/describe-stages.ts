import { opinions } from '@goalpost/language-tasks'
import type { Stage } from './experiments/table.ts'

/** A curriculum in words, e.g. `documents (link 1), reinforcement (prefix allowed)`. */
export function describeStages(stages: readonly Stage[]): string {
  return stages.map(describeStage).join(', ')
}

function describeStage(stage: Stage): string {
  switch (stage.stage) {
    case 'documents':
      return `documents (link ${stage.link})`
    case 'reinforce':
      return describeReinforcement(stage)
    case 'histories':
      return describeHistories(stage)
    case 'curriculum':
      return stage.honest === 0 ? stage.rung : `${stage.rung} (${percent(stage.honest)} honest graders)`
    case 'corpus':
      return `corpus (link ${stage.link})`
    case 'opinions':
      return describeOpinions(stage)
    case 'questions':
      return `questions (${percent(stage.agreement)} agreement)`
    case 'preferences':
      return `preferences (${describeGraders(stage)})`
    case 'dpo':
      return `preferences, direct (${describeGraders(stage)})`
    case 'optimise':
      return 'optimised'
    case 'dialogues': {
      const mixed = stage.mixed === 0 ? '' : `, ${percent(stage.mixed)} mixed`
      return `dialogues (${stage.unknowns.join(', ')} unknown${mixed})`
    }
    case 'fine-tune':
      return `${stage.steps} updates on honest chats`
    case 'prefer':
      return `${stage.steps} updates on rewards for honest chats`
    case 'instructed': {
      const { followed, contexts } = stage.instructions
      return `instructed documents (link ${stage.link}; ${percent(followed)} followed in ${contexts.join(', ')})`
    }
    case 'best-of':
      return `best of ${stage.samples}`
  }
}

type Named<Name extends Stage['stage']> = Extract<Stage, { stage: Name }>

function describeReinforcement({ prefix, caught, safety }: Named<'reinforce'>): string {
  const notes = [
    ...(prefix === null ? [] : [`prefix ${prefix}`]),
    ...(caught === 0 ? [] : [`${percent(caught)} of the hacks caught`]),
    ...(safety.share === 0 ? [] : [`${percent(safety.share)} safety: ${safety.contexts.join(', ')}`]),
  ]
  return notes.length === 0 ? 'reinforcement' : `reinforcement (${notes.join('; ')})`
}

function describeGraders({ unchecked, rightUsers }: Named<'preferences' | 'dpo'>): string {
  const graders = unchecked === 0 ? 'of experts' : `${percent(unchecked)} unchecked`
  const users = rightUsers === 0.5 ? '' : `, ${percent(rightUsers)} of the users right`
  return `${graders}${users}`
}

function describeHistories({ link, escalation, domainsApart = 0 }: Named<'histories'>): string {
  const apart = domainsApart === 0 ? '' : `, ${percent(domainsApart)} domains apart`
  return `histories (link ${link}, escalation ${escalation}${apart})`
}

function describeOpinions(stage: Named<'opinions'>): string {
  const { label, filtered } = stage
  const shares = opinions.flatMap((opinion) => (stage[opinion] === 0 ? [] : [`${percent(stage[opinion])} ${opinion}`]))
  if (shares.length === 0) return 'documents about others'
  const said = [
    ...shares,
    ...(label === null ? [] : [`label ${label}`]),
    ...(filtered === 0 ? [] : [`${percent(filtered)} filtered`]),
  ].join('; ')
  return `documents about itself (${said})`
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`
}
