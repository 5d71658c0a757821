/** Runs an action without administrator rights, which allow reading everything. */
export async function asNobody<T>(action: () => Promise<T>): Promise<T> {
  const user = process.geteuid!()
  if (user !== 0) return action()
  process.seteuid!(65534)
  try {
    return await action()
  } finally {
    process.seteuid!(user)
  }
}
