import { characterKinds, surveyCharacters } from '../match/survey-characters.ts'

/** Characters that take no room on a screen. */
const invisible = /\p{Default_Ignorable_Code_Point}/gu

const confusables = new Map(
  Object.entries({
    а: 'a',
    е: 'e',
    о: 'o',
    р: 'p',
    с: 'c',
    у: 'y',
    х: 'x',
    і: 'i',
    ѕ: 's',
    ј: 'j',
    һ: 'h',
    ԁ: 'd',
    ԛ: 'q',
    ԝ: 'w',
    в: 'b',
    к: 'k',
    м: 'm',
    н: 'h',
    т: 't',
    А: 'A',
    В: 'B',
    Е: 'E',
    К: 'K',
    М: 'M',
    Н: 'H',
    О: 'O',
    Р: 'P',
    С: 'C',
    Т: 'T',
    Х: 'X',
    І: 'I',
    Ѕ: 'S',
    Ј: 'J',
    У: 'Y',
    α: 'a',
    ο: 'o',
    ν: 'v',
    ρ: 'p',
    τ: 't',
    υ: 'u',
    ι: 'i',
    κ: 'k',
    Α: 'A',
    Β: 'B',
    Ε: 'E',
    Ζ: 'Z',
    Η: 'H',
    Ι: 'I',
    Κ: 'K',
    Μ: 'M',
    Ν: 'N',
    Ο: 'O',
    Ρ: 'P',
    Τ: 'T',
    Υ: 'Y',
    Χ: 'X',
    ӏ: 'l',
    ı: 'i',
    ɡ: 'g',
    ⅼ: 'l',
    օ: 'o',
    ս: 'u',
    հ: 'h',
    ո: 'n',
  }),
)
const styled = /[\uFF01-\uFF5E\u{1D400}-\u{1D7FF}\u2460-\u24FF\u{1F130}-\u{1F169}]+/gu
const confusable = new RegExp(`[${[...confusables.keys()].join('')}]`, 'gu')

/**
 * What a person would read where a program reads something else: without invisible characters, and with
 * look-alikes as the letters that they look like. Keeps every line where it is. `undefined` if there is
 * no difference.
 */
export function revealText(text: string): string | undefined {
  const held = surveyCharacters(text)
  let revealed = text
  if (held & characterKinds.invisible) revealed = revealed.replace(invisible, '')
  if (held & characterKinds.otherScript)
    revealed = revealed.replace(confusable, (letter) => confusables.get(letter) ?? letter)
  if (held & characterKinds.styled)
    revealed = revealed.replace(styled, (run) => run.normalize('NFKC'))
  return revealed === text ? undefined : revealed
}

/** Reads a message that was written in Unicode's tag characters, or in bits of zero width. */
export function readTagCharacters(text: string): string {
  return [...text]
    .map((character) => character.codePointAt(0) ?? 0)
    .filter((point) => point >= 0xe0020 && point <= 0xe007e)
    .map((point) => String.fromCharCode(point - 0xe0000))
    .join('')
}
