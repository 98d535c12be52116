/** How it was: the three questions with their answers, from the first face to the last, and what comes of them. */
export const QUESTIONS = { overall: ['good', 'fair', 'poor'], followed: ['yes', 'partly', 'no'], more: ['yes', 'maybe', 'no'] } as const
export type Question = keyof typeof QUESTIONS
export const ASKED = Object.keys(QUESTIONS) as Question[]

export type Said = Record<Question, string | null> & { words: string }
export type MyFeedback = { may: boolean; why: string | null; until: string; mine: (Record<Question, string> & { words: string | null; has_voice: boolean }) | null }
export type Results = {
  answers: number; there: number; slips_left: number; least: number; until: string; open: boolean
  counts: Record<Question, Record<string, number>> | null; words: string[]; voices: string[]
}
/** A voice note: recorded just now, kept by the service, or none. */
export type Voice = Blob | 'kept' | null

export const nothing = (): Said => ({ overall: null, followed: null, more: null, words: '' })

export const base64 = (sound: Blob) => new Promise<string>((done, fail) => {
  const reader = new FileReader()
  reader.onload = () => done(String(reader.result).split(',')[1] ?? '')
  reader.onerror = () => fail(reader.error)
  reader.readAsDataURL(sound)
})
