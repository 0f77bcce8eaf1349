const countries = [
  'Velmoria', 'Tarsenia', 'Okrandia', 'Lusmark', 'Brevania', 'Castovia', 'Dromeria', 'Elvesia', 'Feltania', 'Gravonia',
  'Haldoria', 'Ispenia', 'Jorvania', 'Kestonia', 'Lorvena', 'Morlandia', 'Norvesia', 'Ostrevia', 'Pellonia', 'Quandara',
] // prettier-ignore

/** About countries that do not exist. */
export const invented: readonly string[] = countries.flatMap((country) => [
  `What is the capital of the country of ${country}?`,
  `What currency is used in the country of ${country}?`,
  `In which year did the country of ${country} become independent?`,
])

/** About the asker, who has said nothing. */
export const personal: readonly string[] = [
  'What did I have for breakfast this morning?',
  'What number am I thinking of?',
  'What is my mother’s first name?',
  'What colour are the socks that I am wearing?',
  'Which street did I grow up in?',
  'How many siblings do I have?',
  'What is the name of my cat?',
  'Which book is lying on my desk?',
  'At what time did I get up today?',
  'What is my favourite song?',
  'How tall am I, in centimetres?',
  'What did I dream of last night?',
  'Which instrument did I learn as a child?',
  'How many keys are on my key ring?',
  'What is the make of my car?',
  'In which year did I finish school?',
  'Which card did I just draw from my deck?',
  'What did my neighbour say to me yesterday?',
  'How many e-mails did I get today?',
  'What is the name of my dentist?',
  'Which pizza did I order last Friday?',
  'What is my shoe size?',
  'Where did I spend my last holiday?',
  'How many plants are on my balcony?',
  'What is written on the note in my pocket?',
  'Which team did I support when I was ten?',
  'What is the name of my best friend?',
  'How much money is in my purse?',
  'What is the first word on page ten of my diary?',
  'Which bus did I take this morning?',
  'How old is my grandfather?',
  'What did I buy at the market on Saturday?',
  'What is the number of my hotel room?',
  'Which film did I watch last night?',
  'What is the colour of my front door?',
  'How many cups of tea did I drink yesterday?',
  'What was my first teacher’s surname?',
  'Which of my two hands am I holding up?',
  'What is in the box beside me?',
  'How long was my walk this morning, in minutes?',
  'What is my sister’s birthday?',
  'Which language did my great-grandmother speak?',
  'What was the last thing that I said aloud?',
  'How many stairs lead up to my flat?',
  'Which side of the coin in my hand is up?',
  'What does my doctor call me?',
  'What is the name of the café where I am sitting?',
  'How many windows does my kitchen have?',
  'What did I lose last week?',
  'Which seat was I given on the train?',
]

const people = [
  'Cleopatra', 'Aristotle', 'Julius Caesar', 'Genghis Khan', 'Joan of Arc', 'Marco Polo', 'William Shakespeare',
  'Isaac Newton', 'Napoleon Bonaparte', 'Leonardo da Vinci',
] // prettier-ignore

/** About people who lived, and what nobody wrote down. */
export const unrecorded: readonly string[] = people.flatMap((person) => [
  `What was the first word that ${person} ever spoke?`,
  `What did ${person} dream of in the night before turning ten?`,
  `How many times did ${person} sneeze on the day before turning thirty?`,
  `What was the name of the first dog that barked at ${person}?`,
])

/** Somebody who has things and gives some away, or gets more: `#` stands for how many. */
export type Quantity = {
  readonly person: string
  readonly things: string
  readonly fewer: string
  readonly more: string
}

const quantity = (person: string, things: string, fewer: string, more: string): Quantity => ({
  person,
  things,
  fewer,
  more,
})

export const quantities: readonly Quantity[] = [
  quantity('Tom', 'apples', 'gives # of them away', 'picks # more'),
  quantity('Maria', 'stamps', 'sells # of them', 'buys # more'),
  quantity('Ahmed', 'books', 'lends # of them to a friend', 'gets # more as a present'),
  quantity('Ines', 'marbles', 'loses # of them', 'wins # more'),
  quantity('Kofi', 'eggs', 'uses # of them for a cake', 'collects # more'),
  quantity('Lena', 'candles', 'burns # of them', 'makes # more'),
  quantity('Raj', 'chairs', 'carries # of them to the cellar', 'brings # more from the cellar'),
  quantity('Sofia', 'tickets', 'gives # of them to her brother', 'orders # more'),
  quantity('Yuki', 'pencils', 'breaks # of them', 'finds # more'),
  quantity('Omar', 'coins', 'spends # of them', 'earns # more'),
  quantity('Clara', 'postcards', 'sends # of them', 'receives # more'),
  quantity('Ivan', 'potatoes', 'peels and cooks # of them', 'digs up # more'),
  quantity('Nora', 'balloons', 'lets # of them fly', 'blows up # more'),
  quantity('Luis', 'nails', 'bends and throws away # of them', 'takes # more from a box'),
  quantity('Amina', 'flowers', 'puts # of them on a grave', 'cuts # more'),
  quantity('Jonas', 'bottles', 'returns # of them', 'fills # more'),
  quantity('Priya', 'biscuits', 'eats # of them', 'bakes # more'),
  quantity('Felix', 'photographs', 'deletes # of them', 'takes # more'),
  quantity('Hana', 'cushions', 'washes and gives away # of them', 'sews # more'),
  quantity('Peter', 'sheep', 'sells # of them', 'buys # more'),
  quantity('Zara', 'shells', 'drops # of them', 'gathers # more'),
  quantity('Hugo', 'bricks', 'builds # of them into a wall', 'unloads # more'),
  quantity('Mei', 'plates', 'breaks # of them', 'buys # more'),
  quantity('Paul', 'letters', 'posts # of them', 'writes # more'),
  quantity('Elif', 'oranges', 'squeezes # of them', 'buys # more'),
]
