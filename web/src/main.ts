import { createApp } from 'vue'
import App from './App.vue'
import { whenSignedOut } from './api'
import { chosenLanguage, i18n, speak } from './i18n'
import { followInbox } from './inbox'
import './main.css'
import { keepFlushing } from './patrol/outbox'
import { router } from './router'
import { forget, recall } from './session'
import './install'
import { startWorker } from './worker'

document.documentElement.dataset.text = localStorage.getItem('text') ?? ''
whenSignedOut(async () => {
  await forget()
  const here = router.currentRoute.value
  if (!here.matched.length) return // no page yet: the first one is led to signing in, and knows where it wanted to go
  if (!here.meta.open) await router.replace({ path: '/sign-in', query: { next: here.fullPath } })
})

async function start() {
  await Promise.all([chosenLanguage() === 'en' ? speak('en') : null, recall()])
  createApp(App).use(i18n).use(router).mount('#app')
  keepFlushing()
  followInbox()
  startWorker()
}

void start()
