/** The desk's pages and its menu. The words are in locales/desk.zh.ts and desk.en.ts. */
import type { RouteRecordRaw } from 'vue-router'
import type { IconName } from '../parts/Icon.vue'
import { has, type Role } from '../session'

export type DeskPlace = { to: string; icon: IconName; name: string; roles: Role[]; also?: string[] }

const everybody: Role[] = ['clerk', 'duty', 'liaison']
const unit: Role[] = ['clerk', 'liaison']
const duty: Role[] = ['clerk', 'duty']
const clerk: Role[] = ['clerk']

/** `name` is a key of the common words, so that the menu stands before the desk's own words are loaded. */
export const deskMenu: DeskPlace[] = [
  { to: '/desk', icon: 'home', name: 'common.today', roles: everybody },
  { to: '/desk/people', icon: 'people', name: 'common.people_imports', roles: unit },
  { to: '/desk/activities', icon: 'calendar', name: 'common.activities', roles: unit },
  { to: '/desk/venues', icon: 'pin', name: 'common.venues', roles: unit, also: ['/desk/bookings', '/desk/equipment'] },
  { to: '/desk/hall', icon: 'speaker', name: 'common.hall_services', roles: unit },
  { to: '/desk/needs', icon: 'swap', name: 'common.three_lists', roles: unit, also: ['/desk/offers', '/desk/projects', '/desk/agenda'] },
  { to: '/desk/board', icon: 'board', name: 'common.board', roles: duty },
  { to: '/desk/cases', icon: 'warn', name: 'common.cases', roles: everybody },
  { to: '/desk/messages', icon: 'bell', name: 'common.inbox', roles: duty },
  { to: '/desk/units', icon: 'key', name: 'common.units_keys', roles: unit },
]

/** `area`: words beyond those of the desk. */
const page = (path: string, roles: Role[], component: RouteRecordRaw['component'], area?: string | string[]) => ({ path, component, meta: { roles, area } }) as RouteRecordRaw

const EQUIPMENT = ['equipment', 'venues']
const HALL = ['hall', 'troupes', 'family', 'jobs']

export const deskRoutes: RouteRecordRaw[] = [
  page('/desk', everybody, () => import('./today/Today.vue')),
  page('/desk/people', unit, () => import('./people/People.vue')),
  page('/desk/people/new', clerk, () => import('./people/PersonEditor.vue')),
  page('/desk/people/roles', ['secretary'], () => import('./people/AllRoles.vue')),
  page('/desk/people/imports', clerk, () => import('./people/Imports.vue')),
  page('/desk/people/imports/:id', clerk, () => import('./people/Import.vue')),
  page('/desk/people/hours', clerk, () => import('./people/ProposedHours.vue'), 'hours'),
  page('/desk/people/:id', unit, () => import('./people/Person.vue'), 'hours'),
  page('/desk/people/:id/edit', clerk, () => import('./people/PersonEditor.vue')),
  page('/desk/activities', unit, () => import('./activities/Activities.vue'), 'series'),
  page('/desk/activities/days', clerk, () => import('./series/Days.vue'), 'series'),
  page('/desk/activities/planning', unit, () => import('./planning/Planning.vue'), ['planning', 'series', 'venues']),
  page('/desk/activities/new', unit, () => import('./activities/Editor.vue'), 'sign_ups'),
  page('/desk/activities/:id', unit, () => import('./activities/Activity.vue'), ['series', 'sign_ups', 'feedback']),
  page('/desk/activities/:id/edit', unit, () => import('./activities/Editor.vue'), 'sign_ups'),
  page('/desk/series', unit, () => import('./series/SeriesList.vue'), 'series'),
  page('/desk/series/new', unit, () => import('./series/SeriesEditor.vue'), 'series'),
  page('/desk/series/:id', unit, () => import('./series/SeriesPage.vue'), 'series'),
  page('/desk/series/:id/edit', unit, () => import('./series/SeriesEditor.vue'), 'series'),
  page('/desk/bookings', unit, () => import('./venues/Bookings.vue'), 'venues'),
  page('/desk/bookings/:id', unit, () => import('./venues/Booking.vue'), 'venues'),
  page('/desk/venues', unit, () => import('./venues/Venues.vue'), 'venues'),
  page('/desk/venues/new', unit, () => import('./venues/VenueEditor.vue'), 'venues'),
  page('/desk/venues/stewards', unit, () => import('./venues/Gaps.vue'), 'venues'),
  page('/desk/venues/:id', unit, () => import('./venues/VenuePage.vue'), 'venues'),
  page('/desk/venues/:id/edit', unit, () => import('./venues/VenueEditor.vue'), 'venues'),
  page('/desk/venues/:id/hours', unit, () => import('./venues/Hours.vue'), 'venues'),
  page('/desk/venues/:id/stewards', unit, () => import('./venues/Roster.vue'), 'venues'),
  page('/desk/equipment', unit, () => import('./equipment/Equipment.vue'), EQUIPMENT),
  page('/desk/equipment/new', unit, () => import('./equipment/Editor.vue'), EQUIPMENT),
  page('/desk/equipment/loans', unit, () => import('./equipment/Loans.vue'), EQUIPMENT),
  page('/desk/equipment/loans/:id', unit, () => import('./equipment/Loan.vue'), EQUIPMENT),
  page('/desk/equipment/:id/edit', unit, () => import('./equipment/Editor.vue'), EQUIPMENT),
  { path: '/desk/hall', redirect: () => (has('clerk') ? '/desk/hall/terms' : '/desk/hall/services') },
  page('/desk/hall/terms', clerk, () => import('./hall/Terms.vue'), HALL),
  page('/desk/hall/terms/new', clerk, () => import('./hall/TermEditor.vue'), HALL),
  page('/desk/hall/terms/:id', clerk, () => import('./hall/TermPage.vue'), HALL),
  page('/desk/hall/terms/:id/edit', clerk, () => import('./hall/TermEditor.vue'), HALL),
  page('/desk/hall/terms/:id/print', clerk, () => import('./hall/TermPrint.vue'), HALL),
  page('/desk/hall/topics', clerk, () => import('./hall/Topics.vue'), HALL),
  page('/desk/hall/speakers', unit, () => import('./hall/Speakers.vue'), HALL),
  page('/desk/hall/troupes', unit, () => import('./troupes/Troupes.vue'), HALL),
  page('/desk/hall/troupes/:id', unit, () => import('./troupes/Troupe.vue'), HALL),
  page('/desk/hall/services', unit, () => import('./family/Matrix.vue'), HALL),
  page('/desk/hall/requests', unit, () => import('./family/Requests.vue'), HALL),
  page('/desk/hall/jobs', unit, () => import('./jobs/Jobs.vue'), HALL),
  page('/desk/hall/jobs/new', unit, () => import('./jobs/JobEditor.vue'), HALL),
  page('/desk/hall/jobs/:id', unit, () => import('./jobs/Job.vue'), HALL),
  page('/desk/hall/jobs/:id/edit', unit, () => import('./jobs/JobEditor.vue'), HALL),
  page('/desk/needs', unit, () => import('./lists/Needs.vue'), 'lists'),
  page('/desk/needs/answers', clerk, () => import('./lists/Answers.vue'), 'lists'),
  page('/desk/needs/new', unit, () => import('./lists/LineEditor.vue'), 'lists'),
  page('/desk/needs/:id', unit, () => import('./lists/Need.vue'), 'lists'),
  page('/desk/needs/:id/edit', unit, () => import('./lists/LineEditor.vue'), 'lists'),
  page('/desk/offers', unit, () => import('./lists/Offers.vue'), 'lists'),
  page('/desk/offers/new', unit, () => import('./lists/LineEditor.vue'), 'lists'),
  page('/desk/offers/:id', unit, () => import('./lists/Offer.vue'), 'lists'),
  page('/desk/offers/:id/edit', unit, () => import('./lists/LineEditor.vue'), 'lists'),
  page('/desk/projects', unit, () => import('./lists/Projects.vue'), 'lists'),
  page('/desk/agenda', unit, () => import('./lists/Agenda.vue'), 'lists'),
  page('/desk/board', duty, () => import('./board/Board.vue'), 'desk_way'),
  page('/desk/board/checklists', duty, () => import('./way/Checklists.vue'), 'desk_way'),
  page('/desk/board/checklists/:code', clerk, () => import('./way/Checklist.vue'), 'desk_way'),
  page('/desk/board/checks', duty, () => import('./way/Checks.vue'), 'desk_way'),
  page('/desk/board/key-areas', duty, () => import('./way/KeyAreas.vue'), 'desk_way'),
  page('/desk/board/key-areas/:id', clerk, () => import('./way/KeyArea.vue'), 'desk_way'),
  page('/desk/board/plans', clerk, () => import('./roster/Plans.vue'), 'roster'),
  page('/desk/board/plans/:id', clerk, () => import('./roster/PlanPage.vue'), 'roster'),
  page('/desk/board/patterns', duty, () => import('./roster/Patterns.vue'), 'roster'),
  page('/desk/board/volunteers', clerk, () => import('./roster/Volunteers.vue'), 'roster'),
  page('/desk/board/roster', duty, () => import('./board/Roster.vue'), ['desk_way', 'roster']),
  page('/desk/board/squads', duty, () => import('./board/Squads.vue')),
  page('/desk/board/squads/:id', clerk, () => import('./board/Squad.vue')),
  page('/desk/board/checkpoints', duty, () => import('./board/Checkpoints.vue')),
  page('/desk/cases', everybody, () => import('./cases/Cases.vue'), 'cases'),
  page('/desk/cases/new', duty, () => import('./cases/Intake.vue'), 'cases'),
  page('/desk/cases/rules', duty, () => import('./cases/Rules.vue'), 'cases'),
  page('/desk/cases/:id', everybody, () => import('./cases/Case.vue'), 'cases'),
  { path: '/desk/troubles/:id', redirect: to => ({ path: '/desk/board', query: { trouble: String(to.params.id) } }) },
  page('/desk/messages', duty, () => import('./messages/Messages.vue')),
  page('/desk/messages/undelivered', duty, () => import('./messages/Undelivered.vue')),
  page('/desk/messages/rules', duty, () => import('./messages/Rules.vue')),
  page('/desk/messages/templates', duty, () => import('./messages/Templates.vue')),
  page('/desk/messages/templates/:code', duty, () => import('./messages/TemplatePage.vue')),
  page('/desk/messages/told/:id', duty, () => import('./messages/ToldPage.vue')),
  page('/desk/messages/trace', duty, () => import('./messages/Trace.vue')),
  page('/desk/sheets/:number', unit, () => import('./activities/Sheet.vue'), 'sign_ups'),
  page('/desk/units', unit, () => import('./units/Units.vue')),
  page('/desk/units/:id', unit, () => import('./units/Unit.vue')),
]
