/** The addresses of the pages. `meta.layout` picks the frame, `meta.open` needs no sign-in, `meta.area` names the words to load. */
import { nextTick } from 'vue'
import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
import { deskRoutes } from './desk/routes'
import { wantArea } from './i18n'
import Today from './phone/Today.vue'
import { has, hasDesk, me, type Role } from './session'

declare module 'vue-router' {
  interface RouteMeta { layout?: 'phone' | 'desk' | 'open'; open?: boolean; area?: string | string[]; roles?: Role[] }
}

const open = { layout: 'open', open: true } as const
const phone: RouteRecordRaw[] = [
  { path: '/', component: Today, meta: { area: 'together' } },
  { path: '/patrol', component: () => import('./phone/Patrol.vue'), meta: { area: 'way' } },
  { path: '/patrol/check/:shift/:point/:code', component: () => import('./phone/patrol/Check.vue'), meta: { area: 'way' } },
  { path: '/patrol/code/:shift', component: () => import('./phone/patrol/JoinCode.vue'), meta: { area: 'way' } },
  { path: '/patrol/join', component: () => import('./phone/patrol/Join.vue'), meta: { area: 'way' } },
  { path: '/responses/:id', component: () => import('./phone/response/Response.vue'), meta: { layout: 'open', area: 'together' } },
  { path: '/report', component: () => import('./phone/Report.vue') },
  { path: '/activities', component: () => import('./phone/Activities.vue'), meta: { area: ['series', 'sign_ups'] } },
  { path: '/activities/:id', component: () => import('./phone/Activity.vue'), meta: { area: ['series', 'sign_ups', 'feedback'] } },
  { path: '/activities/:id/attend', component: () => import('./phone/Attend.vue'), meta: { area: 'sign_ups' } },
  { path: '/activities/:id/attendance', component: () => import('./phone/Attendance.vue'), meta: { area: ['sign_ups', 'feedback'] } },
  { path: '/activities/:id/code', component: () => import('./phone/Code.vue'), meta: { area: 'sign_ups' } },
  { path: '/activities/:id/feedback', component: () => import('./phone/feedback/Say.vue'), meta: { area: 'feedback' } },
  { path: '/activities/:id/feedback/results', component: () => import('./phone/feedback/Results.vue'), meta: { area: 'feedback' } },
  { path: '/activities/:id/neighbour', component: () => import('./phone/SignUp.vue'), props: { neighbour: true }, meta: { area: 'sign_ups' } },
  { path: '/activities/:id/sign-up', component: () => import('./phone/SignUp.vue'), meta: { area: 'sign_ups' } },
  { path: '/series/:id', component: () => import('./phone/Series.vue'), meta: { area: 'series' } },
  { path: '/venues', component: () => import('./phone/Venues.vue'), meta: { area: 'venues' } },
  { path: '/venues/:id', component: () => import('./phone/Venue.vue'), meta: { area: 'venues' } },
  { path: '/venues/:id/book', component: () => import('./phone/BookVenue.vue'), meta: { area: 'venues' } },
  { path: '/bookings', component: () => import('./phone/Bookings.vue'), meta: { area: 'venues' } },
  { path: '/bookings/:id', component: () => import('./phone/Booking.vue'), meta: { area: 'venues' } },
  { path: '/equipment', component: () => import('./phone/equipment/Equipment.vue'), meta: { area: 'equipment' } },
  { path: '/equipment/:id', component: () => import('./phone/equipment/Thing.vue'), meta: { area: 'equipment' } },
  { path: '/loans', component: () => import('./phone/equipment/Loans.vue'), meta: { area: 'equipment' } },
  { path: '/loans/:id', component: () => import('./phone/equipment/Loan.vue'), meta: { area: 'equipment' } },
  { path: '/hall', component: () => import('./phone/hall/Programme.vue'), meta: { area: 'hall' } },
  { path: '/hall/topics', component: () => import('./phone/hall/Votes.vue'), meta: { area: 'hall' } },
  { path: '/me/lectures', component: () => import('./phone/hall/Speaking.vue'), meta: { area: ['hall', 'feedback'] } },
  { path: '/jobs', component: () => import('./phone/jobs/Jobs.vue'), meta: { area: 'jobs' } },
  { path: '/jobs/open', component: () => import('./phone/jobs/OpenJobs.vue'), meta: { ...open, area: 'jobs' } },
  { path: '/jobs/:id', component: () => import('./phone/jobs/Job.vue'), meta: { area: 'jobs' } },
  { path: '/services', component: () => import('./phone/family/Services.vue'), meta: { area: 'family' } },
  { path: '/services/requests', component: () => import('./phone/family/Requests.vue'), meta: { area: 'family' } },
  { path: '/troupes', component: () => import('./phone/troupes/Troupes.vue'), meta: { area: 'troupes' } },
  { path: '/troupes/:id', component: () => import('./phone/troupes/Troupe.vue'), meta: { area: 'troupes' } },
  { path: '/lists', component: () => import('./phone/Lists.vue'), meta: { area: 'lists' } },
  { path: '/lists/write/:side', component: () => import('./phone/WriteLine.vue'), meta: { area: 'lists' } },
  { path: '/needs', component: () => import('./phone/PublicNeeds.vue'), meta: { ...open, area: 'lists' } },
  { path: '/needs/:id', component: () => import('./phone/NeedPage.vue'), meta: { area: 'lists' } },
  { path: '/offers/:id', component: () => import('./phone/OfferPage.vue'), meta: { area: 'lists' } },
  { path: '/w/:link', component: () => import('./phone/Slip.vue'), meta: { ...open, area: 'lists' } },
  { path: '/my-shifts', component: () => import('./phone/roster/MyShifts.vue'), meta: { area: 'roster' } },
  { path: '/me/volunteer', component: () => import('./phone/roster/Statement.vue'), meta: { area: 'roster' } },
  { path: '/tell', component: () => import('./phone/cases/Tell.vue'), meta: { ...open, area: 'cases' } },
  { path: '/case/:number?', component: () => import('./phone/cases/State.vue'), meta: { ...open, area: 'cases' } },
  { path: '/me/reports', component: () => import('./phone/cases/MyReports.vue'), meta: { area: 'cases' } },
  { path: '/inbox', component: () => import('./phone/Inbox.vue') },
  { path: '/inbox/:id', component: () => import('./phone/Message.vue') },
  { path: '/me', component: () => import('./phone/Me.vue') },
  { path: '/me/messages', component: () => import('./phone/Channels.vue') },
  { path: '/me/hours', component: () => import('./phone/Hours.vue'), meta: { area: 'hours' } },
  { path: '/me/devices', component: () => import('./phone/Devices.vue') },
  { path: '/me/places', component: () => import('./phone/Places.vue'), meta: { area: 'series' } },
  { path: '/me/calendar', component: () => import('./phone/Calendar.vue') },
  { path: '/p/:token', component: () => import('./phone/Checkpoint.vue') },
  { path: '/sign-in', component: () => import('./phone/SignIn.vue'), meta: open },
  { path: '/a/:token', component: () => import('./phone/Answer.vue'), meta: open },
  { path: '/suggestions', component: () => import('./phone/Suggestions.vue'), meta: open },
  { path: '/:rest(.*)*', component: () => import('./phone/NotFound.vue'), meta: open },
]

export const router = createRouter({
  history: createWebHistory(),
  routes: [...deskRoutes.map(route => ({ ...route, meta: { layout: 'desk', ...route.meta, area: ['desk', route.meta?.area ?? []].flat() } }) as RouteRecordRaw), ...phone],
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
})

const chosenView = () => localStorage.getItem('view')
/** Not without a network: the desk's pages are not on the phone. */
const startsAtDesk = () => hasDesk.value && navigator.onLine && (chosenView() ? chosenView() === 'desk' : window.matchMedia('(min-width: 768px)').matches)

router.beforeEach(async to => {
  if (to.path === '/report' && !me.value) return '/tell'
  if (!to.meta.open && !me.value) return { path: '/sign-in', query: to.fullPath === '/' ? {} : { next: to.fullPath } }
  if (to.path === '/' && !router.currentRoute.value.matched.length && startsAtDesk()) return '/desk'
  if (to.meta.layout === 'desk' && !has(...(to.meta.roles ?? ['clerk', 'duty', 'liaison']))) return '/'
  await Promise.all([to.meta.area ?? []].flat().map(wantArea))
})

router.afterEach(async (to, from) => {
  document.documentElement.dataset.view = to.meta.layout === 'desk' ? 'desk' : 'phone'
  if (to.meta.layout === 'desk') localStorage.setItem('view', 'desk')
  if (to.path === from.path || !from.matched.length) return
  await nextTick()
  document.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true })
})

/** A page that a new release has replaced: take the new shell. */
router.onError((error, to) => {
  if (/dynamically imported module|Importing a module script failed/.test(String(error)) && navigator.onLine) window.location.assign(to.fullPath)
})

/** Where somebody lands after signing in. */
export const homePath = () => (startsAtDesk() ? '/desk' : '/')
export const preferPhone = () => localStorage.setItem('view', 'phone')
