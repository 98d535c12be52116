/** A lecture as everybody sees it; speaker: null where they do not want to be named. */
export type Lecture = { activity_id: string; topic: { code: string; name: string }; place: string; starts_at: string; ends_at: string; speaker?: string | null }
