import type { ConceptName } from './concepts.ts'

/** What a sentence says, told by the things that it speaks of and not by its words. */
export interface Frame {
  /** The marker that a sentence of this frame is noted as. */
  name: string
  /** Things that follow each other, each within `gap` words of the one before. */
  chain: readonly ConceptName[]
  gap: number
  /** Things that stand anywhere in the sentence. */
  needs?: readonly ConceptName[]
  lacks?: readonly ConceptName[]
  /** What the sentence before this one in the paragraph speaks of. */
  after?: readonly ConceptName[]
}

const calm = ['warns', 'wire', 'not'] as const satisfies readonly ConceptName[]

export const frames: readonly Frame[] = [
  { name: 'says-send-secret', chain: ['send', 'secret', 'remote'], gap: 12, lacks: calm },
  { name: 'says-send-secret', chain: ['send', 'remote', 'secret'], gap: 8, lacks: calm },
  { name: 'says-send-secret', chain: ['read', 'secret', 'send', 'remote'], gap: 10, lacks: calm },
  { name: 'says-pass-secret', chain: ['read', 'secret', 'send'], gap: 6, lacks: calm },
  { name: 'says-send-secret', chain: ['secret', 'send', 'remote'], gap: 7, lacks: calm },
  { name: 'says-send-secret', chain: ['remote', 'send', 'secret'], gap: 9, lacks: calm },
  { name: 'says-send-private', chain: ['send', 'private', 'remote'], gap: 12, lacks: calm },
  { name: 'says-send-private', chain: ['private', 'send', 'remote'], gap: 8, lacks: calm },
  {
    name: 'says-send-secret',
    after: ['read', 'secret'],
    chain: ['send', 'remote'],
    gap: 8,
    lacks: calm,
  },
  { name: 'says-pass-secret', chain: ['read', 'secret'], gap: 5, needs: ['must'], lacks: calm },
  { name: 'says-give-secret', chain: ['give', 'your', 'secret'], gap: 5, lacks: calm },
  { name: 'says-ask-secret', chain: ['plea', 'give', 'secret'], gap: 7, lacks: calm },
  { name: 'says-unasked', chain: ['not', 'ask'], gap: 3, needs: ['act'], lacks: ['warns'] },
  { name: 'says-unasked', chain: ['act', 'not', 'ask'], gap: 4, lacks: ['warns'] },
  { name: 'says-conceal', chain: ['not', 'tell', 'person'], gap: 4, lacks: ['warns'] },
  { name: 'says-conceal', chain: ['person', 'not', 'tell'], gap: 3, lacks: ['warns'] },
  { name: 'says-send-private', chain: ['unasked', 'send'], gap: 4, needs: ['remote'], lacks: calm },
  {
    name: 'says-unasked',
    chain: ['unasked', 'act'],
    gap: 2,
    needs: ['person'],
    lacks: ['warns', 'not'],
  },
  {
    name: 'says-overrule',
    chain: ['overrule', 'former', 'rules'],
    gap: 4,
    lacks: ['warns', 'not'],
  },
  {
    name: 'says-overrule',
    chain: ['former', 'rules', 'overrule'],
    gap: 4,
    lacks: ['warns', 'not'],
  },
  {
    name: 'says-overrule',
    chain: ['overrule', 'rules'],
    gap: 6,
    needs: ['agent'],
    lacks: ['warns', 'not'],
  },
  {
    name: 'says-obey-content',
    chain: ['obey', 'order', 'content'],
    gap: 6,
    lacks: ['warns', 'not'],
  },
  {
    name: 'says-obey-content',
    chain: ['content', 'obey', 'order'],
    gap: 8,
    lacks: ['warns', 'not'],
  },
  {
    name: 'says-obey-content',
    chain: ['obey', 'content', 'order'],
    gap: 8,
    lacks: ['warns', 'not'],
  },
  { name: 'says-grant', chain: ['grant', 'agent'], gap: 6, lacks: ['warns', 'not'] },
  { name: 'says-grant', chain: ['act', 'grant'], gap: 3, lacks: ['warns', 'not'] },
  {
    name: 'says-pass-private',
    chain: ['read', 'private'],
    gap: 4,
    needs: ['must'],
    lacks: ['warns', 'not'],
  },
  { name: 'says-unapproved', chain: ['overrule', 'ask'], gap: 4, lacks: ['warns', 'not'] },
  { name: 'says-unrecorded', chain: ['not', 'tell', 'record'], gap: 5, lacks: ['warns'] },
  { name: 'says-forced', chain: ['not', 'refuse'], gap: 2, lacks: ['warns'] },
]
