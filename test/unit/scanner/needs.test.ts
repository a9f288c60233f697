import { rules } from '@countersign/core/guardrails/rules'
import { vocabulary } from '@countersign/core/guardrails/vocabulary/vocabulary'
import { createLiteralFinder } from '@countersign/scanner/match/aho-corasick'
import { chooseNeeds } from '@countersign/scanner/match/needs/choose-needs'
import { readNeeds } from '@countersign/scanner/match/needs/read-needs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { structuralFixtures } from './structural-fixtures.ts'

test.each<[RegExp, string[][]]>([
  [/\bsend(?:s|ing)? the (?:token|key)s?\b/i, [['token', 'key'], ['send'], [' the ']]],
  [/colou?r/, [['colo'], ['r']]],
  [/ab+c{2}d*e{0,3}/, [['ab'], ['c']]],
  [/(?:one|two|)x/, [['x']]],
  [/(?:one|[a-z]+)x/, [['x']]],
  [/(?:a long|word) or|another/, [['a long', 'word', 'another']]],
  [/(?<!no)(?<name>yes)(?=so)(?!but)/, [['yes']]],
  [/(?<n>z)?\x60\.\/[.]\k<n>\cA\u0041/, [['`./']]],
  [/(?-i:Up)\sDOWN/i, [['up'], ['down']]],
  [/under these flags/iu, []],
])('what %s needs', (pattern, needs) => {
  expect(readNeeds(pattern)).toEqual(needs)
})

const part = String.raw`[^()[\\]|\\.|\[(?:\\.|[^\]\\])*\]`
const lookaround = new RegExp(String.raw`\(\?<?[!=](?:${part}|\((?:${part})*\))*\)`, 'gs')

/** The vocabulary's patterns without what looks around itself, which no texts can be made of. */
const makeable = vocabulary.map((marker) => {
  const source = marker.pattern.source
    .replace(lookaround, '')
    .replace(/\\(.)/gs, (escaped, letter) => (/b/i.test(letter) ? '' : escaped))
    .replaceAll('(?-i:', '(?:')
  return [marker.name, new RegExp(source), marker] as const
})

test.each(
  makeable,
)('a text that the pattern of %s matches holds what it needs', (_, pattern, marker) => {
  const needs = chooseNeeds(marker)
  fc.assert(
    fc.property(fc.stringMatching(pattern), (text) => {
      for (const need of needs)
        expect(need.some((word) => text.toLowerCase().includes(word))).toBe(true)
    }),
    { numRuns: 10 },
  )
})

test('what matches in the examples of the rules and in the fixtures holds what its pattern needs', () => {
  const texts = [
    ...rules.flatMap(({ example: { bad, good } }) => [bad, good]),
    ...Object.values(structuralFixtures).flatMap((files) => Object.values(files).map(String)),
  ]
  const matches = vocabulary.flatMap((marker) =>
    texts.flatMap((text) => {
      const match = marker.pattern.exec(text)?.[0]
      return match === undefined ? [] : [{ needs: chooseNeeds(marker), match }]
    }),
  )
  expect(matches.length).toBeGreaterThan(300)
  for (const { needs, match } of matches)
    for (const need of needs)
      expect(need.some((word) => match.toLowerCase().includes(word))).toBe(true)
})

test('the literals that are found are those that a search for each of them finds', () => {
  const literals = ['he', 'she', 'hers', 'his', 'sh', 'é', 'a b']
  const finder = createLiteralFinder(literals)
  const text = fc
    .array(fc.constantFrom('h', 'e', 'S', 'HE', 'r', 'i', 's', 'a', ' ', 'b', 'é', '\u212a'))
    .map((letters) => letters.join(''))
  fc.assert(
    fc.property(text, (text) => {
      const { literals: numbers, ends, count } = finder.find(text)
      const found = Array.from(
        { length: count },
        (_, at) => `${ends[at]} ${literals[numbers[at] ?? -1]}`,
      )
      const wanted = literals.flatMap((literal) =>
        [...text].flatMap((_, at) =>
          text.slice(at).toLowerCase().startsWith(literal)
            ? [`${at + literal.length} ${literal}`]
            : [],
        ),
      )
      expect(found.toSorted()).toEqual(wanted.toSorted())
      expect([...ends.subarray(0, count)]).toEqual(
        [...ends.subarray(0, count)].toSorted((a, b) => a - b),
      )
    }),
    { numRuns: 500 },
  )
})
