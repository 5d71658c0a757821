/** Does one thing at a time and always ends with the newest: what is asked for while it is at work is done once, afterwards. */

/** The function that asks; `work` reads what is wanted at the moment it begins. */
export function newestOnly(work: () => Promise<void>): () => void {
  let busy = false
  let again = false

  async function run(): Promise<void> {
    busy = true
    again = false
    try {
      await work()
    } finally {
      busy = false
    }
    if (again) await run()
  }

  return () => {
    if (busy) again = true
    else void run()
  }
}
