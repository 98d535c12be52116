/** Something that waits for whoever looks: where it leads to, since when, and whether it cannot wait. */
export type Waiting = { key: string; title: string; sub?: string; to: string; at?: string; loud?: boolean }
