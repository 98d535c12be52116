/** Cases: what was found, how it stands, who sees to it. */
export const KINDS = ['lamp', 'fire_lane', 'ice', 'manhole', 'charging_cable', 'gas_smell', 'water', 'heating', 'lift', 'road', 'rubbish', 'noise', 'other'] as const
export const SEVERITIES = ['low', 'normal', 'high', 'urgent'] as const
export const PAUSES = ['waiting_part', 'weather', 'needs_decision', 'resident_away'] as const
export type State = 'received' | 'routed' | 'in_hand' | 'paused' | 'reopened' | 'fixed' | 'confirmed' | 'closed' | 'merged' | 'dropped'

export type CaseLine = {
  id: string; number: string; kind: string; place: string; zone: string | null; words: string; severity: (typeof SEVERITIES)[number]; state: State
  unit: { id: string; code: string; name: string } | null; level: number; opened_at: string; due_at: string | null; overdue: boolean
  paused_at: string | null; pause_reason: string | null; fixed_at: string | null; fixed_words: string; looked_again_at: string | null; ended_at: string | null; version: number
}
export type Step = { step: string; at: string; by?: string | null; words?: string; why?: ({ code: string } & Record<string, unknown>)[] }
export type Report = { number: string; channel: string; by: string | null; reachable: boolean; words: string; reported_at: string; fixed: boolean | null; answered_at: string | null }
export type Photo = { id: string; part: 'found' | 'fixed'; width: number; height: number }
export type Case = CaseLine & { merged_into: string | null; reports: Report[]; steps: Step[]; photos: Photo[] }

/** How it stands for whoever reported it. */
export type Own = { number: string; kind: string; place: string; words: string; reported_at: string; state: State; pause_reason: string | null; unit: string | null; fixed_at: string | null; fixed_words: string; fixed: boolean | null; steps: Step[] }
export type Mine = Own & { report_id: string; photo_id: string | null }
export type Slip = { number: string; pin: string; twin: boolean }

export const TONES = { received: 'warn', routed: 'info', in_hand: 'info', paused: 'plain', reopened: 'warn', fixed: 'info', confirmed: 'ok', closed: 'ok', merged: 'plain', dropped: 'plain' } as const
export const isOpen = (state: State) => ['received', 'routed', 'in_hand', 'paused', 'reopened'].includes(state)

/** 4821 0957, as it is said on the telephone. */
export const spaced = (number: string) => `${number.slice(0, 4)} ${number.slice(4)}`

export const LARGEST = 10 * 1024 * 1024
