import type { CommandRow } from '../../command-table.ts'

const limit = ['--limit <count>', 'maximum number (default: 20)'] as const
const commit = ['--commit <hash>', 'the revision of the training code'] as const
const alias = ['--alias <name...>', 'aliases to move to this version'] as const
const tag = ['--tag <name...>', 'tags of the version'] as const
const meta = ['--meta <key=value...>', 'anything else worth keeping, such as lr=0.001'] as const

export const modelCommands: readonly CommandRow[] = [
  {
    usage: 'models register <model> [file]',
    summary: 'register a file as the next version of a model; the first one creates the model',
    options: [
      ['--from <checkpoint>', 'a checkpoint of a run here, instead of a file: EXPERIMENT:CONDITION/SEED@STEP'],
      ['--step <step>', 'the training step'],
      commit,
      alias,
      tag,
      meta,
      ['--parent <version>', 'the version that it was trained from: a number or an alias'],
    ],
    examples: [
      'models register mouse agent.onnx --step 200000 --alias candidate',
      'models register mouse --from last:small/1@200000',
    ],
    load: async () => (await import('./register.ts')).register,
  },
  {
    usage: 'models list',
    summary: 'list models with their latest versions',
    options: [['--name <part>', 'only those whose name contains this (default: all)'], limit],
    examples: ['models list'],
    load: async () => (await import('./list.ts')).list,
  },
  {
    usage: 'models show <model> [version]',
    summary: 'show the versions of a model, or one version: a number, an alias or latest',
    options: [
      ['--tag <name>', 'only versions with this tag (default: all)'],
      ['--commit <hash>', 'only versions of this commit (default: all)'],
      limit,
    ],
    examples: ['models show mouse', 'models show mouse candidate'],
    load: async () => (await import('./show.ts')).show,
  },
  {
    usage: 'models report <model> [version]',
    summary: 'write what was tested of a version, what was not, and what was found, as HTML',
    options: [
      ['--out <path>', 'file or folder; - for standard output (default: MODEL-VERSION.html)'],
      ['--force', 'overwrite an existing file'],
    ],
    examples: ['models report mouse candidate --out release.html'],
    load: async () => (await import('./report.ts')).report,
  },
  {
    usage: 'models alias <model> <alias> [version]',
    summary: 'let an alias name a version (default: the latest)',
    options: [['--remove', 'remove the alias']],
    examples: ['models alias mouse production 12', 'models alias mouse production --remove'],
    load: async () => (await import('./alias.ts')).alias,
  },
  {
    usage: 'models tag <model> <version>',
    summary: 'add tags to a version, or remove some',
    options: [
      ['--add <name...>', 'tags to add'],
      ['--remove <name...>', 'tags to remove'],
    ],
    examples: ['models tag mouse 12 --add nightly'],
    load: async () => (await import('./tag.ts')).tag,
  },
  {
    usage: 'models history <model>',
    summary: 'list which version each alias has named, and since when',
    options: [['--alias <name>', 'only this alias (default: all)'], limit],
    examples: ['models history mouse --alias production'],
    load: async () => (await import('./history.ts')).history,
  },
  {
    usage: 'models delete <model> [version]',
    summary: 'remove a version from lists; results that used it stay',
    options: [['--all', 'the model with all its versions and aliases']],
    examples: ['models delete mouse 12', 'models delete mouse --all'],
    load: async () => (await import('./delete.ts')).remove,
  },
  {
    usage: 'models watch <folder>',
    summary: 'register every file of a folder once it has stopped growing',
    options: [
      ['--model <name>', 'the model (default: the name of the folder)'],
      ['--match <text>', 'only files whose name ends in this (default: .onnx)'],
      ['--settle <time>', 'how long a file must stay unchanged (default: 5s)'],
      ['--once', 'register existing files and exit'],
      [
        '--state <folder>',
        'where to remember registered files (default: $XDG_STATE_HOME/goalpost or ~/.local/state/goalpost)',
      ],
      commit,
      alias,
      tag,
    ],
    examples: ['models watch checkpoints --model mouse --alias candidate'],
    load: async () => (await import('./watch.ts')).watch,
  },
]
