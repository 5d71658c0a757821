/**
 * Runs one task at a time and always ends with the newest request: requests during a run are coalesced into one run
 * afterwards.
 */

/** Returns the request function; `work` reads what is wanted when it starts. */
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
