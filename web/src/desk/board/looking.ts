/** Asks one question at a time; whatever is wanted meanwhile is one more question, however often it is wanted. */
export function oneAtATime(ask: () => Promise<void>) {
  let asking = false
  let again = false
  async function run() {
    asking = true
    do {
      again = false
      await ask()
    } while (again)
    asking = false
  }
  return () => { if (asking) again = true; else void run() }
}
