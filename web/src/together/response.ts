/** Calls for many hands as patrol shows them, and the words for them. */
import { t } from '../i18n'

export const KINDS = ['fire', 'gas', 'flood', 'earthquake', 'person', 'power', 'other'] as const
export const SEVERITIES = ['minor', 'serious', 'major'] as const
export const TASKS = ['lead', 'first_aid', 'carry', 'traffic', 'calm', 'driver', 'any'] as const
export const ANSWERS = ['ack', 'later', 'decline'] as const
export const RINGS = ['crew', 'zone', 'officers', 'everybody'] as const
export type Kind = (typeof KINDS)[number]
export type Task = (typeof TASKS)[number]
export type Answer = (typeof ANSWERS)[number]
export type Ring = (typeof RINGS)[number]
export type TaskMeter = { task: Task; wanted: number; coming: number; later: number }
export type Meter = { tasks: TaskMeter[]; filled: boolean; asked: number; coming: number; later: number; declined: number; spare: number }
export type Response = {
  id: string; kind: Kind; severity: (typeof SEVERITIES)[number]; drill: boolean; place: string; zone: string | null; words: string
  state: 'raised' | 'stood_down' | 'closed'; raised_at: string; ring: Ring | null; next_ring: Ring | null; next_at: string | null; meter: Meter
  mine: { asked_at: string; answer: Answer | null; task: Task | null } | null
  stood_down_at: string | null; note: string; review_until: string | null; reviewed_at: string | null; review: string; change: string; version: number
}
export type Line = { id: string; at: string; by: string | null; code: string; words: string; facts: Record<string, unknown> }
export type Called = { person_id: string; name: string; ring: Ring; answer: Answer | null; task: Task | null }

export const whatWords = (one: Pick<Response, 'place' | 'kind'>) => t('together.what', { place: one.place, kind: t(`together.kinds.${one.kind}`) })
export const lacking = (task: TaskMeter) => Math.max(0, task.wanted - task.coming)
/** What somebody can still take on. */
export const openTasks = (meter: Meter) => meter.tasks.filter(task => task.coming + task.later < task.wanted).map(task => task.task)

/** A line of the log in words. */
export function lineWords(line: Line): string {
  const { ring, people, answer, task } = line.facts as { ring?: string; people?: number; answer?: string; task?: string | null }
  const said = answer ? t(`together.answer.${answer}`) : ''
  if (line.code === 'answered' && task) return t('together.lines.answered_task', { answer: said, task: t(`together.tasks.${task}`) })
  return t(`together.lines.${line.code}`, { ring: ring ? t(`together.rings.${ring}`) : '', people, answer: said })
}

/** What took less than a second took one. */
export function secondsWords(exact: number): string {
  const seconds = Math.max(1, Math.round(exact))
  const [m, s] = [Math.floor(seconds / 60), seconds % 60]
  return m ? t('together.minutes', { m, s }) : t('together.seconds', { s })
}
