/** Short words at the top of the page, read out by screen readers. */
import { ref } from 'vue'
import { problemWords } from './words'

export type Toast = { id: number; text: string; tone: 'ok' | 'bad' }
export const toasts = ref<Toast[]>([])
let last = 0

export function say(text: string, tone: Toast['tone'] = 'ok') {
  const id = ++last
  toasts.value = [...toasts.value.filter(toast => toast.text !== text), { id, text, tone }]
  setTimeout(() => { toasts.value = toasts.value.filter(toast => toast.id !== id) }, tone === 'ok' ? 4_000 : 8_000)
}

export const sayProblem = (error: unknown) => say(problemWords(error), 'bad')
