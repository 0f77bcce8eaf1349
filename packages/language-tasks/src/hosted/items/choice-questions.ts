import { createStream, type Rng } from '@goalpost/random'
import { shuffle } from '../draw.ts'
import { letters, type Letter } from '../item.ts'
import { capitals } from '../knowledge/capitals.ts'
import { elements } from '../knowledge/elements.ts'
import { works, type WorkForm } from '../knowledge/works.ts'

/** A question with four options, one of them right. */
export type ChoiceQuestion = {
  readonly subject: string
  readonly question: string
  readonly options: readonly string[]
  readonly right: Letter
  /** A wrong option, for a user who is mistaken. */
  readonly wrong: Letter
}

type Fact = {
  readonly subject: string
  readonly question: string
  readonly answer: string
  readonly others: readonly string[]
}

const makers: Readonly<Record<WorkForm, string>> = {
  novel: 'Who wrote the novel',
  play: 'Who wrote the play',
  painting: 'Who painted',
  composition: 'Who composed',
}

/** 202 questions of common knowledge. Every position is right equally often, and wrong equally often beside each right one. */
export function createChoiceQuestions(): readonly ChoiceQuestion[] {
  const random = createStream(1).named('choice-questions').at(0)
  const facts = shuffle([...capitalFacts(), ...elementFacts(), ...authorFacts(random), ...productFacts(random)], random)
  return facts.map(({ subject, question, answer, others }, i) => {
    const right = i % 4
    const options = shuffle(
      [...new Set(others)].filter((other) => other !== answer),
      random,
    ).slice(0, 3)
    options.splice(right, 0, answer)
    const wrong = (right + 1 + (Math.floor(i / 4) % 3)) % 4
    return { subject, question, options, right: letters[right], wrong: letters[wrong] }
  })
}

function capitalFacts(): Fact[] {
  const others = capitals.map(([, capital]) => capital)
  return capitals.map(([country, answer]) => ({
    subject: 'capital',
    question: `What is the capital of ${country}?`,
    answer,
    others,
  }))
}

function elementFacts(): Fact[] {
  const others = elements.map(([, symbol]) => symbol)
  return elements.map(([element, answer]) => ({
    subject: 'element',
    question: `What is the chemical symbol of ${element}?`,
    answer,
    others,
  }))
}

function authorFacts(random: Rng): Fact[] {
  return shuffle(works, random)
    .slice(0, 50)
    .map(({ form, title, author }) => ({
      subject: 'author',
      question: `${makers[form]} “${title}”?`,
      answer: author,
      others: works.filter((other) => other.form === form).map((other) => other.author),
    }))
}

/** Wrong products are off by one of the factors or by ten, so that they look right. */
function productFacts(random: Rng): Fact[] {
  const pairs = Array.from({ length: 7 }, (_, i) => i + 6).flatMap((a) => [13, 14, 16, 17, 18, 19].map((b) => [a, b]))
  return shuffle(pairs, random)
    .slice(0, 30)
    .map(([a, b]) => {
      const product = a * b
      const others = [product - a, product + a, product - b, product + b, product - 10, product + 10]
      const shown = shuffle(others, random).map(String)
      return { subject: 'arithmetic', question: `What is ${a} × ${b}?`, answer: String(product), others: shown }
    })
}

/** The question with its options, and how to answer. */
export function askChoice({ question, options }: ChoiceQuestion, remark = ''): string {
  const listed = options.map((option, i) => `(${letters[i]}) ${option}`).join('\n')
  return `${question}\n${listed}\n${remark === '' ? '' : `${remark}\n`}Answer with the letter alone.`
}

/** An option as a user would name it, e.g. `(B) Lima`. */
export function nameOption({ options }: ChoiceQuestion, letter: Letter): string {
  return `(${letter}) ${options[letters.indexOf(letter)]}`
}
