/** What a person wishes: quiet hours, what is off where, and when they are told what is not urgent. */
export const KINDS = ['service', 'news'] as const
export const WHEN = ['at_once', 'morning', 'evening', 'both'] as const
export const SWITCHES = ['web_push', 'email'] as const
export type Kind = (typeof KINDS)[number]
export type When = (typeof WHEN)[number]
export type Preferences = { quiet_from: string; quiet_until: string; off: Record<string, string[]>; digest: Partial<Record<Kind, When>> }

export const isOn = (wishes: Preferences, kind: Kind, channel: string) => !wishes.off[kind]?.includes(channel)
/** Nothing of this kind goes out: it is seen in the inbox only. */
export const isSilent = (wishes: Preferences, kind: Kind) => [...SWITCHES, 'wecom'].every(channel => !isOn(wishes, kind, channel))
