/** Figures of a drill, of all who were asked or of one ring. */
export type Shares = { asked: number; answered: number; coming: number; declined: number; median: number | null; within: { minutes: number; answered: number }[] }
